import type { Optimizer } from "../../nn";

/** The learning rate of a run: the optimizer's, until a callback sets another one. */
export class LearningRate {
  private set: number | undefined;

  constructor(private readonly optimizer: Optimizer) {}

  /** Whether it follows a schedule, which callbacks cannot change. */
  get isScheduled(): boolean {
    return typeof this.optimizer.learningRate !== "number";
  }

  /** @param step Over the whole training, from 0. */
  at(step: number): number {
    return this.set ?? this.optimizer.learningRateAt(step);
  }

  /** What a callback has set, if any. */
  get assigned(): number | undefined {
    return this.set;
  }

  assign(value: number): void {
    this.set = value;
  }
}
