import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../shape";

/** One tensor of a metric's state; it starts as zeros. */
export interface StateSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * What is measured over an epoch, as a pure state machine: nothing is read or changed, so that a step that updates metrics can be
 * captured. The caller disposes the states it no longer needs.
 */
export interface Metric {
  /** The key under which values are reported, e.g. `accuracy`. */
  readonly name: string;
  state(): readonly StateSpec[];
  /** The state after one more batch. @param weights One for each sample; by default 1. */
  update(state: readonly Tensor[], yTrue: Tensor, yPred: Tensor, weights?: Tensor): Tensor[];
  /** A scalar; NaN never, 0 where nothing has been seen (as Keras). */
  result(state: readonly Tensor[]): Tensor;
}

/** A metric whose state has a size that only the output knows: `f1Score`, `r2Score`. */
export interface OpenMetric {
  readonly name: string;
  /** @param outputShape Batch first. @throws ModelError where the output does not fit. */
  measuring(outputShape: Shape): Metric;
}
