import type { Layer, Shape } from "../../../src/nn";

/** One layer and the shapes it is tried on, with what it must declare where no golden numbers of Keras say so. */
export interface LayerCase {
  /** Default: the class's name. */
  readonly name?: string;
  readonly make: () => Layer;
  /** Batch first. A list for a layer that is called on a list. */
  readonly inputShape: Shape | readonly Shape[];
  readonly outputShape?: Shape | readonly Shape[];
  /** Names and shapes in order. Those in `fixed` are not trainable. */
  readonly weights?: readonly (readonly [name: string, shape: readonly number[]])[];
  readonly fixed?: readonly string[];
  /** For one sample; `null` only where they cannot be known. */
  readonly flops?: number | null;
  /** Inputs are whole numbers below this bound; by default floats of the normal distribution, kept away from 0. */
  readonly wholeNumbersBelow?: number;
  /** How far gradients may be off, relative to 1 + |gradient|. Default 5e-3. */
  readonly tolerance?: number;
  /** Whether the layer changes its input only while training (dropout, noise). Default `false`. */
  readonly identityOutsideTraining?: boolean;
}

/** Weights by name, for a case in which no name comes twice. */
export function named(shapes: Readonly<Record<string, readonly number[]>>): (readonly [string, readonly number[]])[] {
  return Object.entries(shapes);
}
