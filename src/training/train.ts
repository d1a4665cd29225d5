import { randomInt } from "node:crypto";
import { dirname } from "node:path";
import { version } from "../../package.json";
import type { Plan } from "../dsl/plan";
import { type EngineInfo, type EngineOptions, EngineUnavailableError, startEngine } from "../engine";
import "../nn/gradients";
import { ModelError } from "../nn";
import type { EndEvent, EngineDescription, Reproduction, RunEvent, TrainOptions } from "../protocol";
import { alignWithModel, type BatchSource, DataTensors, readData } from "./data";
import { lockDevice } from "./deviceLock";
import { messageOf, UsageError } from "./errors";
import { Evaluation } from "./loop/evaluation";
import { initializeWeights } from "./loop/initialize";
import { Program } from "./loop/program";
import { CachedJitChoices, choicesOfRun } from "./loop/jit/jitChoices";
import { TrainingSteps } from "./loop/trainingSteps";
import { choosePlan } from "./modelFile/choosePlan";
import { type EvaluatedModelFile, bundleForTraining, evaluateModelFile } from "./modelFile/evaluate";
import { modelFileError } from "./modelFile/modelFileError";
import { outputConsole } from "./outputConsole";
import { writeStepState } from "./run/checkpoint";
import { describePlan } from "./run/configuration";
import { hashData, machineReproduction } from "./run/reproduction";
import { Resumption } from "./run/resumption";
import { Run, type RunOptions } from "./run/run";
import { sourcePath } from "./run/runFolder";
import { writeWeights } from "./run/weights";

/** The one who started a training. */
export interface TrainingHost {
  /** Aborted when the training should end; the weights are kept. */
  readonly signal: AbortSignal;
  readonly emit: (...events: readonly RunEvent[]) => void;
  /** Resolves when all events have been handed over. */
  readonly flush: () => Promise<void>;
  /** What the model file printed, and notes on the data. */
  readonly output: (text: string) => void;
  /** Another run holds the device. */
  readonly queued: (message: string) => void;
}

/**
 * Trains a model file from its evaluation to the final test. Whatever happens, the result says how it ended.
 *
 * @throws UsageError where no run can be made of what was asked for.
 */
export async function train(options: TrainOptions, host: TrainingHost): Promise<EndEvent> {
  const begin = performance.now();
  const attempt = new TrainingAttempt(options, host);
  const end = await attempt.run().catch((error: unknown): Omit<EndEvent, "event" | "seconds"> => {
    if (error instanceof UsageError) throw error;
    const nothing = { testLoss: null, test: null, best: null };
    if (host.signal.aborted && error === host.signal.reason) return { reason: "stopped", ...nothing };
    return { reason: "failed", ...nothing, error: attempt.describeError(error) };
  });
  return { event: "end", ...end, seconds: (performance.now() - begin) / 1000 };
}

class TrainingAttempt {
  private evaluated: EvaluatedModelFile | undefined;

  constructor(
    private readonly options: TrainOptions,
    private readonly host: TrainingHost,
  ) {}

  async run(): Promise<Omit<EndEvent, "event" | "seconds">> {
    const { options, host } = this;
    const resumption = options.resume === undefined ? undefined : await Resumption.open(options.resume, options);
    // TensorFlow's library takes this process half a second to load; meanwhile the file is bundled in another.
    const bundling = bundleForTraining(options.file);
    bundling.catch(() => undefined);
    // Before the model file: the shapes of its own layers are found by running them.
    const engine = await (resumption === undefined ? startEngineFor(options) : startEngineOf(resumption, options));
    this.evaluated = evaluateModelFile(options.file, await bundling, outputConsole(host.output));
    const { sources } = this.evaluated.bundle;
    const { plan, name } = choosePlan(options.file, this.evaluated.exports, resumption?.file.plan ?? options.plan);
    const versions = { layerwise: version, node: process.versions.node, [engine.name]: engine.version };
    const machine = machineReproduction(engine);
    resumption?.requireSameProgram({
      sources: sources.map(({ path, sha256 }) => ({ path: sourcePath(path, options.file), sha256 })),
      configuration: describePlan(plan),
      ...{ versions, engine, machine },
    });
    const lock = await lockDevice(engine.device, {
      signal: host.signal,
      onWait: (pid) =>
        host.queued(`Another run (process ${pid}) trains on ${engine.device}; this one starts when that has ended.`),
    });
    const owned: { dispose(): void }[] = [];
    const own = <T extends { dispose(): void }>(disposable: T): T => {
      owned.push(disposable);
      return disposable;
    };
    try {
      await resumption?.requireUntouched();
      const data = own(await this.loadData(plan));
      const program = own(new Program(plan));
      const seed = resumption?.file.seed ?? plan.options.seed ?? randomInt(2 ** 31);
      const checkpoint = resumption?.checkpoint;
      if (checkpoint === undefined) initializeWeights(plan.model, { seed, training: data.training });
      else writeWeights(plan.model, checkpoint.tensors);
      const jit = resumption?.reproduction.jit ?? (options.jit === "auto" ? (plan.options.jit ?? "auto") : options.jit);
      const execution = jit === "on" ? "compiled" : "captured";
      const epochs = resumption?.file.epochs ?? options.epochs ?? plan.epochs;
      const plannedSteps = epochs * Math.ceil(data.training.count / plan.batchSize);
      const steps = own(
        new TrainingSteps(program, data.training, {
          seed,
          execution,
          jit:
            jit === "auto"
              ? { choices: choicesOfRun(checkpoint?.state.jit, new CachedJitChoices(engine.version)), plannedSteps }
              : undefined,
          describeError: (error) => this.describeError(error),
        }),
      );
      const evaluation = (part: BatchSource | undefined): Evaluation | undefined =>
        part && own(new Evaluation(program, part, "captured"));
      if (checkpoint !== undefined) {
        writeStepState(program, steps, checkpoint.tensors);
        steps.iteration = checkpoint.state.iteration;
      }
      steps.prepare();
      const reproduction: Reproduction = {
        ...machine,
        jit,
        graph: steps.graph ?? null,
        data: await hashData(data, plan, host.signal),
      };
      resumption?.requireSameData(reproduction);
      const runOptions: RunOptions = {
        file: options.file,
        planName: name,
        plan,
        program,
        data,
        steps,
        validation: evaluation(data.validation),
        test: evaluation(data.test),
        engine: describeEngine(engine, steps),
        sources,
        versions,
        reproduction,
        seed,
        epochs,
        runsFolder: options.runsFolder,
        checkpointInterval: options.checkpointInterval,
        signal: host.signal,
        emit: host.emit,
        flush: host.flush,
      };
      const run = await (resumption === undefined ? Run.start(runOptions) : Run.resume(runOptions, resumption));
      return await run.train((error) => this.describeError(error));
    } finally {
      for (const disposable of owned) disposable.dispose();
      for (const weight of plan.model.weights) weight.release();
      lock.release();
    }
  }

  /** In words for the person; an error of the model's own code leads to its line. */
  describeError(error: unknown): string {
    const located = this.evaluated === undefined ? error : modelFileError(error, this.evaluated.bundle, this.options.file);
    return messageOf(located);
  }

  private async loadData(plan: Plan): Promise<DataTensors> {
    const { signal, output } = this.host;
    const parts = await readData(plan.options.data, {
      folder: dirname(this.options.file),
      signal,
      note: (text) => output(`${text}\n`),
    });
    const { model } = plan;
    if (model.inputs.length === 0) {
      if (parts.training.x.length !== 1) {
        throw new ModelError(
          "missing-input-shape",
          `${model.name} is sequential and takes one input; the data has ${parts.training.x.length}.`,
          model,
        );
      }
      model.ensureBuilt([null, ...(parts.training.x[0]?.shape ?? [])]);
    }
    return DataTensors.from(alignWithModel(parts, plan), plan, signal);
  }
}

function startEngineFor(
  { engine, libraryPath, pythonPath }: TrainOptions,
  threads: Pick<EngineOptions, "intraOpThreads" | "interOpThreads"> | null = null,
): Promise<EngineInfo> {
  if (pythonPath !== undefined) process.env["LAYERWISE_PYTHON"] = pythonPath;
  return startEngine({ engine, ...threads, ...(libraryPath === undefined ? {} : { libraryPath }) });
}

/** The engine that a run started with, with as many threads. @throws UsageError where it does not run here any more. */
async function startEngineOf({ file, reproduction }: Resumption, options: TrainOptions): Promise<EngineInfo> {
  const { threads } = reproduction;
  try {
    return await startEngineFor(
      { ...options, engine: file.engine.name },
      threads && {
        intraOpThreads: threads.intraOp,
        interOpThreads: threads.interOp,
      },
    );
  } catch (error) {
    if (!(error instanceof EngineUnavailableError)) throw error;
    throw new UsageError(`The run ${file.run} cannot be resumed: it was trained by ${file.engine.name}. ${messageOf(error)}`);
  }
}

function describeEngine({ name, version, device, reason }: EngineInfo, steps: TrainingSteps): EngineDescription {
  const { whyEager, whyUncompiled, compiledAfter } = steps;
  const captured = whyEager === undefined;
  const remarks = [
    ...(captured ? [] : [`Steps run operation by operation: ${whyEager}`]),
    ...(whyUncompiled === undefined ? [] : [`XLA cannot compile the steps: ${whyUncompiled}`]),
  ];
  return {
    name,
    version,
    device,
    reason: [reason, ...remarks].map((sentence) => sentence.replace(/\.$/, "")).join(". "),
    captured,
    jit: compiledAfter !== undefined,
  };
}
