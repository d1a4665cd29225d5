import { dispose, type Tensor, tensor1d, tidy } from "@tensorflow/tfjs-core";
import { newPass, Weight } from "../../nn";
import type { PartTensors } from "../data";
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

  constructor(
    private readonly program: Program,
    private readonly part: PartTensors,
    execution: Execution,
  ) {
    this.weights = [...program.trainable, ...program.nonTrainable];
    this.batchSize = Math.max(program.plan.batchSize, SMALLEST_BATCH);
    this.runner = new StepRunner((inputs) => this.step(inputs), {
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
    let totals: readonly Tensor[] = program.measures.initial();
    try {
      for (let start = 0; start < part.count; start += batchSize) {
        const next = this.add(totals, start, Math.min(batchSize, part.count - start));
        dispose(totals.filter((total) => !next.includes(total)));
        totals = next;
        await pace.giveWay(signal);
      }
      const values = tidy(() => program.measures.report(totals).dataSync());
      return new Map(program.measures.names.map((name, index) => [name, values[index] ?? Number.NaN]));
    } finally {
      dispose([...totals]);
    }
  }

  dispose(): void {
    this.runner.dispose();
  }

  /** The totals after `count` more samples from `start`. */
  private add(totals: readonly Tensor[], start: number, count: number): Tensor[] {
    const indices = Int32Array.from({ length: count }, (_, index) => start + index);
    const weights = this.weights.map((weight) => weight.value);
    return scope(() => this.runner.run([...weights, ...totals, tensor1d(indices, "int32")], count));
  }

  /** What is captured: everything that differs from batch to batch is an input. */
  private step(inputs: readonly Tensor[]): Tensor[] {
    const { program, weights } = this;
    const batch = this.part.gather(inputs.at(-1) as Tensor);
    const totals = inputs.slice(weights.length, -1);
    return Weight.withValues(weights, inputs.slice(0, weights.length), () => {
      const { context, record } = newPass({ training: false });
      return program.measures.add(totals, { ...program.forward(batch, context, record), labels: batch.y });
    });
  }
}
