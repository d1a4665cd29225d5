import type { Tensor } from "@tensorflow/tfjs-core";

/** A penalty on a tensor, added to the loss. */
export interface Regularizer {
  /** A scalar. */
  penalty(values: Tensor): Tensor;
}
