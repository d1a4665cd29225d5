import type { Tensor } from "@tensorflow/tfjs-core";

/** Projects a weight's new value after each update. */
export interface Constraint {
  project(value: Tensor): Tensor;
}
