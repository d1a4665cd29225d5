import type { Layer, Shape } from "../../../src/nn";

/** One layer with all that it must declare, written by hand. */
export interface LayerCase {
  /** What distinguishes this case from the class's others. */
  readonly title?: string;
  readonly make: () => Layer;
  /** Batch first. A list for a layer that is called on a list. */
  readonly inputShape: Shape | readonly Shape[];
  readonly outputShape: Shape | readonly Shape[];
  /** Names and shapes in order; by default none. Those in `fixed` are not trainable. */
  readonly weights?: readonly (readonly [name: string, shape: readonly number[]])[];
  readonly fixed?: readonly string[];
  /** For one sample; `null` only where they cannot be known. */
  readonly flops: number | null;
  /** Inputs are whole numbers below this bound; by default floats of the normal distribution, kept away from 0. */
  readonly wholeNumbersBelow?: number;
  /** How far gradients may be off, relative to 1 + |gradient|. Default 5e-3. */
  readonly tolerance?: number;
  /** Whether the layer changes its input only while training (dropout, noise). Default `false`. */
  readonly identityOutsideTraining?: boolean;
  /** Whether gradients are compared outside of training alone, because in training the layer replaces the weights first. Default `false`. */
  readonly gradientsOutsideTraining?: boolean;
}

/** Weights by name, for a case in which no name comes twice. */
export function named(shapes: Readonly<Record<string, readonly number[]>>): (readonly [string, readonly number[]])[] {
  return Object.entries(shapes);
}
