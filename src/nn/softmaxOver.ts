import { softmax, type Tensor, transpose } from "@tensorflow/tfjs-core";
import { rememberLogits } from "./logits";

/** Softmax over an axis; over the last one its logits are remembered. */
export function softmaxOver(x: Tensor, axis: number): Tensor {
  const last = x.rank - 1;
  const summed = axis < 0 ? axis + x.rank : axis;
  if (summed === last) return rememberLogits(softmax(x), "softmax", x);
  const swapped = x.shape.map((_, index) => (index === summed ? last : index === last ? summed : index));
  return transpose(softmax(transpose(x, swapped)), swapped);
}
