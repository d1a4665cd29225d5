// Chained operations (`x.sub(y)`), for own layers; their types travel with this import.
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import { logSoftmax as logSoftmaxOfLast, softmax as softmaxOfLast, Tensor, tensor, type TensorLike } from "@tensorflow/tfjs-core";
import { logSoftmaxOver, ModelError, softmaxOver } from "../nn";

export * from "@tensorflow/tfjs-core";

/** Softmax over any axis; tfjs's is for the last alone. */
export function softmax<T extends Tensor>(logits: T | TensorLike, dim = -1): T {
  return overAxis(logits, dim, softmaxOfLast, softmaxOver);
}

/** The logarithm of softmax over any axis. */
export function logSoftmax<T extends Tensor>(logits: T | TensorLike, axis = -1): T {
  return overAxis(logits, axis, logSoftmaxOfLast, logSoftmaxOver);
}

/** tfjs's variables are seen by nobody here: neither counted nor trained nor saved. */
export function variable(..._given: readonly unknown[]): never {
  throw new ModelError(
    "invalid-argument",
    `tf.variable makes a tensor that no optimizer sees, and that no checkpoint holds. A layer declares its weights in build: this.kernel = this.addWeight("kernel", [4, 3], { initializer: "glorotUniform" }); a constant is tf.tensor(values).`,
  );
}

function overAxis<T extends Tensor>(
  values: T | TensorLike,
  axis: number,
  ofLast: (x: T | TensorLike) => T,
  ofAny: (x: Tensor, axis: number) => Tensor,
): T {
  const x = values instanceof Tensor ? values : (tensor(values) as T);
  return axis === -1 || axis === x.rank - 1 ? ofLast(x) : (ofAny(x, axis) as T);
}

Object.assign(Tensor.prototype, {
  softmax(this: Tensor, dim?: number): Tensor {
    return softmax(this, dim);
  },
  logSoftmax(this: Tensor, axis?: number): Tensor {
    return logSoftmax(this, axis);
  },
});
