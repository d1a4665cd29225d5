import type { Tensor } from "@tensorflow/tfjs-core";

/** What a softmax or sigmoid was applied to. */
export interface Logits {
  readonly kind: "softmax" | "sigmoid";
  readonly logits: Tensor;
}

const remembered = new WeakMap<Tensor, Logits>();

/** Notes that `probabilities` are the softmax (over the last axis) or sigmoid of `logits`; returns them. */
export function rememberLogits(probabilities: Tensor, kind: Logits["kind"], logits: Tensor): Tensor {
  remembered.set(probabilities, { kind, logits });
  return probabilities;
}

/**
 * The logits behind probabilities, where they are known. A cross-entropy taken from them neither overflows nor loses its gradient in
 * the saturated ends; Keras's losses do the same on TensorFlow.
 */
export function logitsOf(probabilities: Tensor): Logits | undefined {
  return remembered.get(probabilities);
}
