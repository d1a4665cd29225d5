import { cast, expandDims, logicalAnd, onesLike, type Tensor } from "@tensorflow/tfjs-core";

const remembered = new WeakMap<Tensor, Tensor>();

/** Notes which time steps of a layer's output count: Keras's `_keras_mask`. */
export function rememberMask(output: Tensor, mask: Tensor): void {
  remembered.set(output, mask);
}

/** The mask that travels with a tensor: true where a time step counts, of shape (batch, time). `undefined` where all of them do. */
export function maskOf(tensor: Tensor): Tensor | undefined {
  const mask = remembered.get(tensor);
  return mask?.isDisposed === true ? undefined : mask;
}

/** A mask of (batch, time) for every value of `x`, (batch, time, …). */
export function broadcastMask(mask: Tensor, x: Tensor): Tensor {
  let aligned = cast(mask, "bool");
  while (aligned.rank < x.rank) aligned = expandDims(aligned, -1);
  return logicalAnd(aligned, cast(onesLike(x), "bool"));
}
