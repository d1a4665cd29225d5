import { cast, scalar, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { canCapture, TensorFlowRandomStream } from "../../engine";
import { type RandomStream, SeededRandomStream, Weight } from "../../nn";
import type { PartTensors } from "../data";
import type { Program } from "./program";
import { scope } from "./scope";
import { type Execution, StepRunner } from "./stepRunner";
import { trainStep, type StepResult } from "./trainStep";
import { disposeState, flattenState, initialState, restoreState, type TrainState } from "./trainState";

export interface TrainingStepsOptions {
  readonly seed: number;
  readonly execution: Execution;
  readonly describeError: (error: unknown) => string;
}

/** The training steps of a run. */
export class TrainingSteps {
  private readonly runner: StepRunner;
  private readonly batchSize: number;
  /** The number of the step under way, from 1. */
  private iteration = 0;

  constructor(
    private readonly program: Program,
    private readonly data: PartTensors,
    private readonly options: TrainingStepsOptions,
  ) {
    this.batchSize = Math.min(program.plan.batchSize, data.count);
    const { execution, describeError } = options;
    this.runner = new StepRunner((inputs) => this.step(inputs), { execution, batchSize: this.batchSize, describeError });
  }

  /** Captures the step before the first batch, so that {@link whyEager} is known. The weights have been initialized. */
  prepare(): void {
    const state = initialState(this.program);
    try {
      scope(() => this.runner.prepare(this.inputs(state, new Int32Array(this.batchSize), scalar(0)), this.batchSize));
    } finally {
      disposeState(state);
    }
  }

  /** Why steps could not be captured; `undefined` where all could. */
  get whyEager(): string | undefined {
    return this.runner.whyEager;
  }

  /** Why XLA could not compile the steps, which are captured all the same. */
  get whyUncompiled(): string | undefined {
    return this.runner.whyUncompiled;
  }

  /**
   * Makes the next step.
   *
   * @param indices The batch's samples.
   * @param learningRate A scalar.
   */
  run(state: TrainState, indices: Int32Array, learningRate: Tensor): StepResult {
    this.iteration++;
    return scope(() => {
      const outputs = this.runner.run(this.inputs(state, indices, learningRate), indices.length);
      return { state: restoreState(this.program, outputs.slice(0, -1)), report: outputs.at(-1) as Tensor };
    });
  }

  dispose(): void {
    this.runner.dispose();
  }

  private inputs(state: TrainState, indices: Int32Array, learningRate: Tensor): Tensor[] {
    return [...flattenState(state), learningRate, scalar(this.iteration, "int32"), tensor1d(indices, "int32")];
  }

  /** What is captured: everything that differs from step to step is an input. */
  private step(inputs: readonly Tensor[]): Tensor[] {
    const { program } = this;
    const [learningRate, iteration, indices] = inputs.slice(-3) as [Tensor, Tensor, Tensor];
    const state = restoreState(program, inputs.slice(0, -3));
    const weights = [...program.trainable, ...program.nonTrainable];
    return Weight.withValues(weights, [...state.trainable, ...state.nonTrainable], () => {
      const { state: next, report } = trainStep(program, state, {
        batch: this.data.gather(indices),
        learningRate,
        iteration: cast(iteration, "float32"),
        random: this.random(iteration),
      });
      return [...flattenState(next), report];
    });
  }

  private random(iteration: Tensor): RandomStream {
    const { seed } = this.options;
    return canCapture().supported ? new TensorFlowRandomStream(seed, iteration) : new SeededRandomStream(seed, this.iteration);
  }
}
