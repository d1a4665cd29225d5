import type { Tensor } from "@tensorflow/tfjs-core";
import { z } from "zod";

/** A tensor as golden files hold it. */
export const goldenTensor = z.object({ shape: z.array(z.number()), values: z.array(z.number()) });
export type GoldenTensor = z.infer<typeof goldenTensor>;

export interface Expected extends GoldenTensor {
  readonly what: string;
}

/** A computation without state, and what Keras gets for it. */
export interface Computation {
  readonly inputs: readonly Tensor[];
  readonly compute: (inputs: readonly Tensor[]) => readonly Tensor[];
  readonly expected: readonly Expected[];
}

export interface ParityCase {
  readonly name: string;
  readonly make: () => Computation;
}

export type Nested = number | readonly Nested[];

/** A nested list of numbers as a golden tensor. */
export function goldenOf(what: string, nested: Nested): Expected {
  const shape: number[] = [];
  for (let level = nested; typeof level !== "number"; level = level[0] ?? 0) shape.push(level.length);
  return { what, shape, values: [nested].flat(8) as number[] };
}

/** The values that the golden scripts make. */
export function sine(shape: readonly number[], phase: number, scale = 1): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: count }, (_, index) => scale * Math.sin(1.7 * index + phase));
}
