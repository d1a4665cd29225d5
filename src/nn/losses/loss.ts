import type { Tensor } from "@tensorflow/tfjs-core";

/** What training makes small. */
export interface Loss {
  /** camelCase, e.g. `meanSquaredError`; `custom` for a function. */
  readonly name: string;
  /**
   * The loss of each sample: the mean over the last axis, so that predictions of shape (batch, time, features) give (batch, time). The
   * trainer takes the mean of all of them, weighted by sample weights, as Keras's `sum_over_batch_size` does.
   */
  call(yTrue: Tensor, yPred: Tensor): Tensor;
}

/** (true values, predictions) → one loss a sample. */
export type LossFunction = Loss["call"];
