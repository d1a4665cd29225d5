import type { Tensor } from "@tensorflow/tfjs-core";
import { newVariables, readVariables, type Variables } from "../../engine";
import { newPass, Weight } from "../../nn";
import { type BatchSource, consecutive } from "../data";
import { messageOf } from "../errors";
import { Pace } from "./pace";
import type { Program } from "./program";
import { scope } from "./scope";
import { type Execution, StepRunner } from "./stepRunner";

/** Nothing is kept for gradients, so that more samples go at a time than in training. */
const SMALLEST_BATCH = 256;

/** Loss and metrics over a part of the data, each sample counted once. */
export class Evaluation {
  private readonly runner: StepRunner;
  private readonly batchSize: number;
  private readonly weights: readonly Weight[];
  private readonly totals: Variables;

  constructor(
    private readonly program: Program,
    private readonly part: BatchSource,
    execution: Execution,
  ) {
    this.weights = [...program.trainable, ...program.nonTrainable];
    this.batchSize = Math.max(program.plan.batchSize, SMALLEST_BATCH);
    this.totals = scope(() => newVariables(program.measures.initial()));
    this.runner = new StepRunner((inputs) => this.step(inputs), this.totals, {
      model: program.model,
      execution,
      batchSize: this.batchSize,
      describeError: messageOf,
    });
  }

  /**
   * Evaluates the weights as they now are.
   *
   * @returns The values by the measures' names.
   * @throws the signal's reason when aborted.
   */
  async run(signal: AbortSignal): Promise<Map<string, number>> {
    const { program, part, batchSize } = this;
    const pace = new Pace();
    scope(() => {
      this.totals.assign(program.measures.initial());
    });
    for (let start = 0; start < part.count; start += batchSize) {
      this.add(start, Math.min(batchSize, part.count - start));
      await pace.giveWay(signal);
    }
    const values = scope(() => program.measures.report(readVariables(this.totals)).dataSync());
    return new Map(program.measures.names.map((name, index) => [name, values[index] ?? Number.NaN]));
  }

  dispose(): void {
    this.runner.dispose();
    this.totals.dispose();
  }

  /** Adds `count` more samples from `start` to the totals. */
  private add(start: number, count: number): void {
    const weights = this.weights.map((weight) => weight.value);
    scope(() => this.runner.run([...weights, ...this.part.inputs(consecutive(start, count))], count));
  }

  /** What is captured: everything that differs from batch to batch is an input. */
  private step(inputs: readonly Tensor[]): Tensor[] {
    const { program, weights, part } = this;
    const totals = inputs.slice(0, this.totals.length);
    const batch = part.batch(inputs.slice(-part.inputCount));
    return Weight.withValues(weights, inputs.slice(totals.length, -part.inputCount), () => {
      const { context, record } = newPass({ training: false });
      return program.measures.add(totals, { ...program.forward(batch, context, record), labels: batch.y });
    });
  }
}
