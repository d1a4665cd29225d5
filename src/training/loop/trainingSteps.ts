import { cast, dispose, keep, scalar, type Tensor } from "@tensorflow/tfjs-core";
import { canCapture, newVariables, readVariables, TensorFlowRandomStream, type Variables } from "../../engine";
import { type RandomStream, SeededRandomStream, Weight } from "../../nn";
import type { BatchSource } from "../data";
import type { Program } from "./program";
import { scope } from "./scope";
import { JitChooser } from "./jit/jitChooser";
import type { JitChoice, JitChoices } from "./jit/jitChoices";
import { type Execution, StepRunner } from "./stepRunner";
import { trainStep } from "./trainStep";
import { flattenState, initialState, restoreState, type TrainState } from "./trainState";

export interface TrainingStepsOptions {
  readonly seed: number;
  readonly execution: Execution;
  /** Captured steps are compiled once XLA's code has proved faster. Default: the execution stays as it is. */
  readonly jit?: { readonly choices: JitChoices; readonly plannedSteps: number } | undefined;
  readonly describeError: (error: unknown) => string;
}

/**
 * The training steps of a run. The state stays with the engine between steps; the model's weights take their values from there when
 * somebody reads them, and are back in the model when the steps are disposed.
 */
export class TrainingSteps {
  /** The number of steps made. The next one draws its random numbers by it. */
  iteration = 0;
  private readonly runner: StepRunner;
  private readonly variables: Variables;
  private readonly randomKey: Tensor;
  private readonly batchSize: number;
  private readonly weights: readonly Weight[];
  private chooser: JitChooser | undefined;
  private switchedAfter: number | undefined;
  private ahead: { readonly samples: Int32Array; readonly inputs: Tensor[] } | undefined;

  /** The model's weights have been initialized. */
  constructor(
    private readonly program: Program,
    private readonly data: BatchSource,
    private readonly options: TrainingStepsOptions,
  ) {
    this.batchSize = Math.min(program.plan.batchSize, data.count);
    this.weights = [...program.trainable, ...program.nonTrainable];
    this.variables = scope(() => newVariables(flattenState(initialState(program))));
    this.randomKey = keep(TensorFlowRandomStream.key(options.seed));
    this.leaveWeights();
    const { execution, describeError } = options;
    const { batchSize } = this;
    const { model } = program;
    this.runner = new StepRunner((inputs) => this.step(inputs), this.variables, { model, execution, batchSize, describeError });
  }

  /** Captures the step before the first batch, so that {@link whyEager} is known. */
  prepare(): void {
    const { options, variables, runner, batchSize } = this;
    const captured = scope(() => runner.prepare(this.exampleInputs(), batchSize));
    if (captured === undefined || options.jit === undefined || options.execution !== "captured") return;
    this.chooser = new JitChooser(captured, {
      ...options.jit,
      variables,
      inputs: () => this.exampleInputs().map((input) => (input === this.randomKey ? input.clone() : input)),
      onCompiled: (step) => {
        runner.replace(batchSize, step);
        this.switchedAfter = this.iteration;
      },
      describeError: options.describeError,
    });
  }

  /** Why steps could not be captured; `undefined` where all could. */
  get whyEager(): string | undefined {
    return this.runner.whyEager;
  }

  /** The name of the captured step of the usual batch size, a hash of its graph; `undefined` where it is not captured. */
  get graph(): string | undefined {
    return this.runner.nameOf(this.batchSize);
  }

  /** Why XLA could not compile the steps, which are captured all the same. */
  get whyUncompiled(): string | undefined {
    const choice = this.chooser?.known;
    return this.runner.whyUncompiled ?? (choice?.kind === "captured" ? choice.reason : undefined);
  }

  /** After how many steps XLA's code takes over, or took over; `undefined` as long as that is not known. */
  get compiledAfter(): number | undefined {
    const { options, whyEager, whyUncompiled } = this;
    if (options.execution === "compiled") return whyEager === undefined && whyUncompiled === undefined ? 0 : undefined;
    const choice = this.chooser?.known;
    return this.switchedAfter ?? (choice?.kind === "compiled" ? choice.after : undefined);
  }

  /** What is known of XLA's code so far, for a checkpoint. */
  get jitChoice(): JitChoice | undefined {
    return this.chooser?.known;
  }

  /** To be waited for before each step: XLA's code takes over where it is to. */
  ready(): Promise<void> | undefined {
    return this.chooser?.beforeStep(this.iteration);
  }

  /**
   * Makes the next step.
   *
   * @param indices The batch's samples.
   * @param learningRate A scalar.
   * @returns The epoch's running measures after this step, in the order of the measures' names.
   */
  run(indices: Int32Array, learningRate: Tensor): Tensor {
    this.iteration++;
    const [report] = scope(() => this.runner.run(this.inputs(indices, learningRate), indices.length)) as [Tensor];
    this.leaveWeights();
    return report;
  }

  /**
   * The same, and reads the samples of the step after it while this one runs: what streamed data take to be read, the step does not
   * wait for.
   *
   * @param next The samples of the step after it, if there is one.
   */
  runAhead(indices: Int32Array, learningRate: Tensor, next: Int32Array | undefined): Tensor {
    const { ahead } = this;
    const report = this.run(indices, learningRate);
    dispose(ahead?.inputs ?? []);
    this.ahead = next && { samples: next, inputs: this.data.inputs(next) };
    return report;
  }

  /** Starts the measures anew. */
  startEpoch(): void {
    scope(() => {
      this.writeState({ ...this.readState(), totals: this.program.measures.initial() });
    });
  }

  /** The state as it now is, in tensors that are the caller's. */
  readState(): TrainState {
    return restoreState(this.program, readVariables(this.variables));
  }

  /** Puts another state in place of the present one; the tensors stay the caller's. */
  writeState(state: TrainState): void {
    this.variables.assign(flattenState(state));
    this.leaveWeights();
  }

  /** Ends the training: each weight becomes what the optimizer leaves, such as its moving average. */
  finalize(): void {
    const { optimizer } = this.program;
    if (!optimizer.useEma) return;
    scope(() => {
      const state = this.readState();
      const trainable = state.trainable.map((value, index) => optimizer.finalValue({ value, slots: state.slots[index] ?? [] }));
      this.writeState({ ...state, trainable });
    });
  }

  dispose(): void {
    for (const weight of this.weights) weight.settle();
    this.chooser?.dispose(this.iteration);
    this.runner.dispose();
    dispose(this.ahead?.inputs ?? []);
    this.variables.dispose();
    this.randomKey.dispose();
  }

  /** The values are with the engine, until somebody reads one. */
  private leaveWeights(): void {
    this.weights.forEach((weight, index) => {
      weight.follow(() => this.variables.read(index));
    });
  }

  private exampleInputs(): Tensor[] {
    return this.inputs(new Int32Array(this.batchSize), scalar(0));
  }

  private inputs(indices: Int32Array, learningRate: Tensor): Tensor[] {
    return [learningRate, scalar(this.iteration, "int32"), this.randomKey, ...this.batchInputs(indices)];
  }

  /** What has been read ahead, where that is the batch that is wanted. */
  private batchInputs(samples: Int32Array): Tensor[] {
    const { ahead } = this;
    const isThere = ahead?.samples.length === samples.length && ahead.samples.every((sample, index) => sample === samples[index]);
    return isThere ? ahead.inputs : this.data.inputs(samples);
  }

  /** What is captured: everything that differs from step to step is an input. */
  private step(inputs: readonly Tensor[]): Tensor[] {
    const { program, data, variables } = this;
    const state = restoreState(program, inputs.slice(0, variables.length));
    const [learningRate, iteration, randomKey, ...batch] = inputs.slice(variables.length) as [
      Tensor,
      Tensor,
      Tensor,
      ...Tensor[],
    ];
    return Weight.withValues(this.weights, [...state.trainable, ...state.nonTrainable], () => {
      const { state: next, report } = trainStep(program, state, {
        batch: data.batch(batch),
        learningRate,
        iteration: cast(iteration, "float32"),
        random: this.random(randomKey, iteration),
      });
      return [...flattenState(next), report];
    });
  }

  private random(key: Tensor, iteration: Tensor): RandomStream {
    return canCapture().supported
      ? new TensorFlowRandomStream(key, iteration)
      : new SeededRandomStream(this.options.seed, this.iteration);
  }
}
