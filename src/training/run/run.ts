import type { SourceFile } from "../../analysis/bundle";
import { monitorableNames } from "../../dsl/measuredNames";
import type { Plan } from "../../dsl/plan";
import { countParameters } from "../../nn";
import {
  decodeFloat,
  type EndEvent,
  encodeFloat,
  type EngineDescription,
  type EpochEvent,
  type Reproduction,
  type RunEvent,
  type RunFile,
  type StartEvent,
  type StepRecord,
} from "../../protocol";
import { createCallbacks, type EpochCallback } from "../callbacks";
import { Monitor, monitoredName } from "../callbacks/monitor";
import type { DataTensors } from "../data";
import { TrainingError } from "../errors";
import type { Evaluation } from "../loop/evaluation";
import { fit } from "../loop/fit";
import { LearningRate } from "../loop/learningRate";
import { type Logs, metricValues } from "../loop/logs";
import { type Position, START } from "../loop/position";
import type { Program } from "../loop/program";
import type { TrainingSteps } from "../loop/trainingSteps";
import { processIdentity } from "../processIdentity";
import { type Checkpoint, encodeCheckpoint, readStepState } from "./checkpoint";
import { CheckpointSaver } from "./checkpointSaver";
import { describePlan } from "./configuration";
import { nonFiniteLoss } from "./diagnoses";
import type { Resumption } from "./resumption";
import { RunFolder } from "./runFolder";
import { ModelWeightKeeper, readWeights, writeWeights } from "./weights";

/** Milliseconds between two savings of the last weights: a killed trainer loses no more than that and an epoch. */
const SAVE_INTERVAL = 5_000;
/** Milliseconds of training between two checkpoints. */
const CHECKPOINT_INTERVAL = 5_000;
/** Before the names of the best weights' copies in a checkpoint. */
const BEST = "best:";
/** Milliseconds between two writings of `run.json` while the training goes on. */
const UPDATE_INTERVAL = 1_000;

export interface RunOptions {
  readonly file: string;
  readonly planName: string;
  readonly plan: Plan;
  readonly program: Program;
  readonly data: DataTensors;
  readonly steps: TrainingSteps;
  readonly validation: Evaluation | undefined;
  readonly test: Evaluation | undefined;
  readonly engine: EngineDescription;
  readonly sources: readonly SourceFile[];
  readonly versions: RunFile["versions"];
  readonly reproduction: Reproduction;
  readonly seed: number;
  readonly epochs: number;
  readonly runsFolder: string;
  /** Milliseconds of training between two checkpoints. Default 5,000. */
  readonly checkpointInterval: number | undefined;
  readonly signal: AbortSignal;
  readonly emit: (...events: readonly RunEvent[]) => void;
  /** Resolves when the owner has been told of all events. */
  readonly flush: () => Promise<void>;
}

/** How a run came to its end. */
type Outcome = Pick<EndEvent, "reason" | "testLoss" | "test" | "error">;

/** One run: it trains, keeps its folder up to date and tells what happens. */
export class Run {
  private readonly learningRate: LearningRate;
  private readonly keeper: ModelWeightKeeper;
  private readonly callbacks: readonly EpochCallback[];
  private readonly monitor: Monitor;
  private readonly checkpoints: CheckpointSaver;
  private position = START;
  private lastSaved = performance.now();
  private lastUpdated = performance.now();

  private constructor(
    private readonly options: RunOptions,
    private readonly folder: RunFolder,
    private record: RunFile,
  ) {
    const { plan, program, data } = options;
    const available = monitorableNames(program.measures.names, data.validation !== undefined);
    this.learningRate = new LearningRate(plan.optimizer);
    this.keeper = new ModelWeightKeeper(plan.model);
    const declared = plan.options.callbacks ?? [];
    this.callbacks = createCallbacks(declared, {
      learningRate: this.learningRate,
      available,
      weights: this.keeper,
      saveCheckpoint: (name, monitor, value) => this.saveCheckpoint(name, monitor, value),
      restoreCheckpoint: async (name) => writeWeights(plan.model, await folder.loadWeights(name)),
      eventFolder: folder.path,
    });
    const [monitored] = declared.filter((callback) => callback.kind === "modelCheckpoint" || callback.kind === "earlyStopping");
    this.monitor = new Monitor(monitoredName(monitored?.kind ?? "", monitored?.monitor, available), monitored?.mode);
    this.checkpoints = new CheckpointSaver({
      interval: options.checkpointInterval ?? CHECKPOINT_INTERVAL,
      read: (position) => encodeCheckpoint(this.readCheckpoint(position)),
      write: async (content) => {
        // A resumed run does not tell again what its checkpoint covers.
        await options.flush();
        await folder.saveCheckpoint(content);
      },
    });
  }

  /** Makes the run's folder and tells of its start. @throws TrainingError where nothing can be written. */
  static async start(options: RunOptions): Promise<Run> {
    const { plan, data, engine, file, seed, epochs } = options;
    const now = new Date();
    const folder = await RunFolder.create(options.runsFolder, plan.model.name, now);
    const run = new Run(options, folder, {
      version: 1,
      run: folder.name,
      model: plan.model.name,
      file,
      plan: options.planName,
      params: countParameters(plan.model.weights),
      seed,
      startedAt: now.toISOString(),
      endedAt: null,
      state: "training",
      error: null,
      epochs,
      steps: Math.ceil(data.training.count / plan.batchSize),
      batchSize: plan.batchSize,
      engine,
      versions: options.versions,
      sources: await folder.copySources(options.sources, file),
      configuration: describePlan(plan),
      best: null,
      testLoss: null,
      test: null,
      ...ownProcess(),
      reproduction: options.reproduction,
    });
    await folder.write(run.record);
    run.tellStart({});
    return run;
  }

  /** Goes on with a run in its folder. The steps have their state back. @throws TrainingError where nothing can be written. */
  static async resume(options: RunOptions, { folder, file, checkpoint }: Resumption): Promise<Run> {
    const run = new Run(options, folder, {
      ...file,
      ...{ state: "training", endedAt: null, error: null, testLoss: null, test: null },
      engine: options.engine,
      best: checkpoint?.state.best ?? null,
      ...ownProcess(),
      resumedAt: [...(file.resumedAt ?? []), new Date().toISOString()],
    });
    if (checkpoint === undefined) await folder.removeEvents();
    else await run.restore(checkpoint);
    const { epoch, step } = run.position;
    await folder.prepareToResume(epoch);
    await folder.write(run.record);
    run.tellStart({ resumedFrom: { epoch, step } });
    return run;
  }

  private tellStart(resumed: Pick<StartEvent, "resumedFrom">): void {
    const { name: run, path: folder } = this.folder;
    const { model, params, engine, steps, epochs } = this.record;
    this.options.emit({ event: "start", run, folder, model, params, engine, steps, epochs, ...resumed });
  }

  private async restore({ state, tensors }: Checkpoint): Promise<void> {
    const { position, learningRate, callbacks } = state;
    this.position = position;
    if (learningRate !== null) this.learningRate.assign(decodeFloat(learningRate));
    if (this.record.best !== null) this.monitor.restore(this.record.best.value);
    this.keeper.write(BEST, tensors);
    for (const [index, callback] of this.callbacks.entries()) await callback.restore?.(callbacks[index]);
  }

  private readCheckpoint(position: Position): Checkpoint {
    const { program, steps } = this.options;
    const { assigned } = this.learningRate;
    return {
      state: {
        version: 1,
        position,
        iteration: steps.iteration,
        learningRate: assigned === undefined ? null : encodeFloat(assigned),
        best: this.record.best,
        jit: steps.jitChoice ?? null,
        callbacks: this.callbacks.map(({ state }) => state ?? null),
      },
      tensors: [...readStepState(program, steps), ...this.keeper.read(BEST)],
    };
  }

  /** Trains to the end. What goes wrong is part of the result; `run.json` then says so too, where it can be written. */
  async train(describeError: (error: unknown) => string): Promise<Outcome & Pick<EndEvent, "best">> {
    const outcome = await this.trainAndTest().catch(async (error: unknown) => {
      await this.checkpoints.finish().catch(() => undefined);
      return failed(describeError(error));
    });
    for (const callback of this.callbacks) callback.dispose?.();
    this.keeper.dispose();
    const { reason, testLoss, test, error } = outcome;
    try {
      await this.update({
        state: reason,
        endedAt: new Date().toISOString(),
        testLoss,
        test,
        error: error ?? null,
        ...NO_PROCESS,
      });
      if (reason === "finished" || reason === "early-stopping") await this.folder.removeCheckpoint();
    } catch (writeError) {
      if (reason !== "failed") return { ...failed(describeError(writeError)), best: this.record.best };
    }
    return { ...outcome, best: this.record.best };
  }

  private async trainAndTest(): Promise<Outcome> {
    const { signal, test } = this.options;
    const reason = await this.unlessStopped(this.fit());
    await this.checkpoints.finish();
    // Before the best weights come back.
    await this.saveLast();
    if (reason !== "stopped") {
      for (const callback of this.callbacks) await callback.onTrainingEnd?.();
    }
    if (reason === "stopped" || test === undefined) return { reason, testLoss: null, test: null };
    const values = await this.unlessStopped(test.run(signal));
    if (values === "stopped") return { reason: "stopped", testLoss: null, test: null };
    return {
      reason,
      testLoss: encodeFloat(values.get("loss") ?? Number.NaN),
      test: metricValues([...values.keys()], [...values.values()]),
    };
  }

  private async unlessStopped<Result>(work: Promise<Result>): Promise<Result | "stopped"> {
    const { signal } = this.options;
    try {
      return await work;
    } catch (error) {
      if (signal.aborted && error === signal.reason) return "stopped";
      throw error;
    }
  }

  private fit(): Promise<"finished" | "early-stopping"> {
    const { program, data, steps, validation, plan, seed, epochs, signal, emit } = this.options;
    const terminateOnNaN = plan.options.callbacks?.some(({ kind }) => kind === "terminateOnNaN") ?? false;
    return fit(program, data, {
      steps,
      validation,
      epochs,
      seed,
      signal,
      terminateOnNaN,
      from: this.position,
      checkpoints: this.checkpoints,
      learningRate: this.learningRate,
      callbacks: [...this.callbacks, { onEpochEnd: (epoch, logs) => this.onEpochEnd(epoch, logs) }],
      onSteps: (records: readonly StepRecord[]) => emit(...records),
      onEpoch: (event: EpochEvent) => {
        emit(event);
        return this.folder.appendHistory(event);
      },
      onNonFinite: (record) => {
        const diagnosis = nonFiniteLoss(record, this.learningRate.at((record.epoch - 1) * this.record.steps + record.step - 1));
        emit(diagnosis);
        if (terminateOnNaN) throw new TrainingError(`callbacks.terminateOnNaN ended the training. ${diagnosis.message}`);
      },
    });
  }

  private async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const value = logs.get(this.monitor.name) ?? Number.NaN;
    if (this.monitor.improves(value))
      this.record = { ...this.record, best: { epoch, monitor: this.monitor.name, value: encodeFloat(value) } };
    if (performance.now() - this.lastUpdated > UPDATE_INTERVAL) await this.update({});
    if (performance.now() - this.lastSaved > SAVE_INTERVAL) await this.saveLast();
  }

  private async saveCheckpoint(name: string, monitor: string, value: number): Promise<void> {
    const encoded = encodeFloat(value);
    const path = await this.folder.saveWeights(name, readWeights(this.options.plan.model), { monitor, value: String(encoded) });
    this.options.emit({ event: "checkpoint", path, monitor, value: encoded });
  }

  private async saveLast(): Promise<void> {
    await this.folder.saveWeights("last", readWeights(this.options.plan.model), {});
    this.lastSaved = performance.now();
  }

  private async update(changes: Partial<RunFile>): Promise<void> {
    this.record = { ...this.record, ...changes };
    await this.folder.write(this.record);
    this.lastUpdated = performance.now();
  }
}

function ownProcess(): Pick<RunFile, "pid" | "process"> {
  return { pid: process.pid, process: processIdentity(process.pid) };
}

const NO_PROCESS: Pick<RunFile, "pid" | "process"> = { pid: null, process: null };

function failed(error: string): Outcome {
  return { reason: "failed", testLoss: null, test: null, error };
}
