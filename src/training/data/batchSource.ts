import type { Tensor } from "@tensorflow/tfjs-core";

/** Inputs and labels of one batch, in the order of the inputs and of the labelled outputs. */
export interface Batch {
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
}

/**
 * One part of a data set as steps take their batches from it: a captured step is given inputs, and makes the batch of them. Data that are
 * held as tensors need the samples' numbers alone; those that are streamed, the samples themselves.
 */
export interface BatchSource {
  /** The number of samples. */
  readonly count: number;
  /** Whether samples are read when they are wanted. */
  readonly isStreamed: boolean;
  /** The number of values of the largest input or label of a sample. */
  readonly largestSample: number;
  /** How many tensors {@link inputs} gives. */
  readonly inputCount: number;
  /** What a step is given for the batch of these samples: tensors that are the caller's. */
  inputs(samples: Int32Array): Tensor[];
  /** The batch of such inputs, within a step. */
  batch(inputs: readonly Tensor[]): Batch;
  dispose(): void;
}

/** The numbers of `count` samples from `start` on. */
export function consecutive(start: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => start + index);
}
