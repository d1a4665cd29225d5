// Chained operations (`x.sub(y)`), for own layers; their types travel with this import.
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import * as core from "@tensorflow/tfjs-core";
import { logSoftmaxOver, ModelError, softmaxOver } from "../nn";

export * from "@tensorflow/tfjs-core";

/** Softmax over any axis; tfjs's is for the last alone. */
export function softmax<T extends core.Tensor>(logits: T | core.TensorLike, dim = -1): T {
  return overAxis(logits, dim, core.softmax, softmaxOver);
}

/** The logarithm of softmax over any axis. */
export function logSoftmax<T extends core.Tensor>(logits: T | core.TensorLike, axis = -1): T {
  return overAxis(logits, axis, core.logSoftmax, logSoftmaxOver);
}

/** tfjs's variables are seen by nobody here: neither counted nor trained nor saved. */
export function variable(..._given: readonly unknown[]): never {
  throw new ModelError(
    "invalid-argument",
    `tf.variable makes a tensor that no optimizer sees, and that no checkpoint holds. A layer declares its weights in build: this.kernel = this.addWeight("kernel", [4, 3], { initializer: "glorotUniform" }); a constant is tf.tensor(values).`,
  );
}

function overAxis<T extends core.Tensor>(
  values: T | core.TensorLike,
  axis: number,
  ofLast: (x: T | core.TensorLike) => T,
  ofAny: (x: core.Tensor, axis: number) => core.Tensor,
): T {
  const isLast = axis === -1 || !(values instanceof core.Tensor) || axis === values.rank - 1;
  return isLast ? ofLast(values) : (ofAny(values, axis) as T);
}

Object.assign(core.Tensor.prototype, {
  softmax(this: core.Tensor, dim?: number): core.Tensor {
    return softmax(this, dim);
  },
  logSoftmax(this: core.Tensor, axis?: number): core.Tensor {
    return logSoftmax(this, axis);
  },
});
