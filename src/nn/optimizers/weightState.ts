import type { Tensor } from "@tensorflow/tfjs-core";

/** A trainable weight before a step. */
export interface WeightState {
  /** `dense/kernel` */
  readonly path: string;
  readonly value: Tensor;
  /** `undefined` where the loss does not depend on the weight. */
  readonly gradient: Tensor | undefined;
  /** In the order of `Optimizer.slots`. */
  readonly slots: readonly Tensor[];
}

/** A weight after a step. */
export interface Update {
  readonly value: Tensor;
  readonly slots: readonly Tensor[];
}

/** What all weights of a step share. */
export interface StepInputs {
  /** A scalar: an input, so that a captured step follows schedules. */
  readonly learningRate: Tensor;
  /** A scalar float: the number of this step, from 1. */
  readonly iteration: Tensor;
  /** What happens to the gradients of an update; by default `Optimizer.clip`. */
  readonly clip?: (gradients: readonly Tensor[]) => readonly Tensor[];
}

export interface UpdateInputs extends StepInputs {
  /** A scalar float: the number of the update that the step belongs to, from 1. Each step is one, unless gradients are accumulated. */
  readonly update: Tensor;
}

export type Apply = (weights: readonly WeightState[], inputs: UpdateInputs) => Update[];
