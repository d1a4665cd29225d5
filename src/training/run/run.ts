import type { SourceFile } from "../../analysis/bundle";
import type { Plan } from "../../dsl/plan";
import { countParameters } from "../../nn";
import {
  type EndEvent,
  encodeFloat,
  type EngineDescription,
  type EpochEvent,
  type RunEvent,
  type RunFile,
  type StepRecord,
} from "../../protocol";
import { createCallbacks, type EpochCallback } from "../callbacks";
import { Monitor, monitoredName } from "../callbacks/monitor";
import type { DataTensors } from "../data";
import { TrainingError } from "../errors";
import type { Evaluation } from "../loop/evaluation";
import { fit } from "../loop/fit";
import { LearningRate } from "../loop/learningRate";
import { type Logs, metricValues, validationName } from "../loop/logs";
import type { Program } from "../loop/program";
import type { TrainingSteps } from "../loop/trainingSteps";
import { version } from "../../../package.json";
import { describePlan } from "./configuration";
import { nonFiniteLoss } from "./diagnoses";
import { RunFolder } from "./runFolder";
import { ModelWeightKeeper, readWeights, writeWeights } from "./weights";

/** Milliseconds between two savings of the last weights: a killed trainer loses no more than that and an epoch. */
const SAVE_INTERVAL = 5_000;
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
  readonly seed: number;
  readonly epochs: number;
  readonly runsFolder: string;
  readonly signal: AbortSignal;
  readonly emit: (...events: readonly RunEvent[]) => void;
}

/** How a run came to its end. */
type Outcome = Pick<EndEvent, "reason" | "testLoss" | "test" | "error">;

/** One run: it trains, keeps its folder up to date and tells what happens. */
export class Run {
  private readonly learningRate: LearningRate;
  private readonly keeper: ModelWeightKeeper;
  private readonly callbacks: readonly EpochCallback[];
  private readonly monitor: Monitor;
  private lastSaved = performance.now();
  private lastUpdated = performance.now();

  private constructor(
    private readonly options: RunOptions,
    private readonly folder: RunFolder,
    private record: RunFile,
  ) {
    const { plan, program, data } = options;
    const { names } = program.measures;
    const available = data.validation === undefined ? names : [...names, ...names.map(validationName)];
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
      versions: { layerwise: version, node: process.versions.node, [engine.name]: engine.version },
      sources: await folder.copySources(options.sources, file),
      configuration: describePlan(plan),
      best: null,
      testLoss: null,
      test: null,
      pid: process.pid,
    });
    await folder.write(run.record);
    const { params, steps } = run.record;
    options.emit({
      event: "start",
      run: folder.name,
      folder: folder.path,
      model: plan.model.name,
      params,
      engine,
      steps,
      epochs,
    });
    return run;
  }

  /** Trains to the end. What goes wrong is part of the result; `run.json` then says so too, where it can be written. */
  async train(describeError: (error: unknown) => string): Promise<Outcome & Pick<EndEvent, "best">> {
    const outcome = await this.trainAndTest().catch((error: unknown) => failed(describeError(error)));
    for (const callback of this.callbacks) callback.dispose?.();
    this.keeper.dispose();
    const { reason, testLoss, test, error } = outcome;
    try {
      await this.update({ state: reason, endedAt: new Date().toISOString(), testLoss, test, error: error ?? null, pid: null });
    } catch (writeError) {
      if (reason !== "failed") return { ...failed(describeError(writeError)), best: this.record.best };
    }
    return { ...outcome, best: this.record.best };
  }

  private async trainAndTest(): Promise<Outcome> {
    const { signal, test } = this.options;
    const reason = await this.unlessStopped(this.fit());
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

function failed(error: string): Outcome {
  return { reason: "failed", testLoss: null, test: null, error };
}
