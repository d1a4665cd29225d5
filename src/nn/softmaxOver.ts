import { exp, log, logSoftmax, max, softmax, sub, sum, type Tensor, transpose } from "@tensorflow/tfjs-core";
import { rememberLogits } from "./logits";

/** Softmax over an axis; over the last one its logits are remembered. */
export function softmaxOver(x: Tensor, axis: number): Tensor {
  const last = x.rank - 1;
  const summed = axis < 0 ? axis + x.rank : axis;
  if (summed === last) return rememberLogits(softmax(x), "softmax", x);
  const swapped = x.shape.map((_, index) => (index === summed ? last : index === last ? summed : index));
  return transpose(softmax(transpose(x, swapped)), swapped);
}

/** The logarithm of softmax over an axis. */
export function logSoftmaxOver(x: Tensor, axis: number): Tensor {
  if (axis === -1 || axis === x.rank - 1) return logSoftmax(x);
  const shifted = sub(x, max(x, axis, true));
  return sub(shifted, log(sum(exp(shifted), axis, true)));
}
