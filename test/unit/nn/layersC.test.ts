import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import { type Layer, resetDeclarations, type Shape } from "../../../src/nn";
import {
  Attention,
  Conv1DTranspose,
  Discretization,
  EinsumDense,
  GroupNormalization,
  GroupQueryAttention,
  IntegerLookup,
  MultiHeadAttention,
  Normalization,
  SpectralNormalization,
  Flatten,
} from "../../../src/nn/layers";
import "./backend";

beforeEach(() => void resetDeclarations());

const sequence = [null, 4, 6];

describe("what does not fit is said", () => {
  it.each<[() => Layer, Shape | readonly Shape[], string]>([
    [() => new GroupNormalization(4), sequence, "group_normalization makes 4 groups of the 6 features of (?, 4, 6)"],
    [
      () => new GroupQueryAttention(2, 3, 2),
      sequence,
      "numKeyValueHeads must divide numQueryHeads; received 3 query heads and 2",
    ],
    [() => new MultiHeadAttention(2, 3, { attentionAxes: 2 }), [sequence, sequence], "has axis 2, but its input (?, 4)"],
    [
      () => new MultiHeadAttention(2, 3, { useCausalMask: true }),
      [
        [null, 2, 3, 4],
        [null, 2, 3, 4],
      ],
      "need one attention axis",
    ],
    [() => new Attention(), sequence, "expected [query, value] or [query, value, key]"],
    [() => new EinsumDense("abc,cd->abe", 3), sequence, '"e" stands in the output of "abc,cd->abe"'],
    [() => new EinsumDense("abc", 3), sequence, 'takes an equation such as "abc,cd->abd"'],
    [() => new EinsumDense("abc,cd->abd", 3), sequence, 'has an outputShape of 1 sizes for the 2 of "bd"'],
    [() => new SpectralNormalization(new Flatten()), sequence, "flatten (Flatten) has neither"],
    [() => new Conv1DTranspose(2, 3, { strides: 2, dilationRate: 2 }), sequence, "strides above 1 exclude a dilationRate"],
    [() => new Normalization({ mean: 1 }), sequence, "takes mean and variance together; received mean alone"],
    [() => new Discretization(), sequence, "received neither"],
    [() => new Discretization({ binBoundaries: [1, 0] }), sequence, "a list of ascending numbers; received [1, 0]"],
  ])("%#", (make, shape, message) => {
    expect(() => {
      const layer = make();
      layer.ensureBuilt(shape);
      layer.computeOutputShape(shape);
    }).toThrow(message);
  });
});

it("attention draws its kernels for features and heads times units, as Keras does", () => {
  const layer = new MultiHeadAttention(8, 4);
  layer.ensureBuilt([
    [null, 3, 10],
    [null, 3, 10],
  ]);
  const { initializer, shape } = layer.weights[0]!.spec;
  const sample = (): never => {
    throw new Error("There is no training data here.");
  };
  const greatest = Math.max(...initializer.draw(shape, { seed: 1, sample }).map(Math.abs));
  const limit = Math.sqrt(6 / (10 + 8 * 4));
  expect(greatest).toBeLessThanOrEqual(limit);
  expect(greatest).toBeGreaterThan(0.95 * limit);
});

describe("places as whole numbers", () => {
  const values = (layer: Layer, x: number[][]): number[] => [...layer.apply(tensor2d(x)).dataSync()];

  it("are bins, a boundary belonging to the one above", () => {
    expect(values(new Discretization({ binBoundaries: [0, 1, 2] }), [[-1, 0, 0.5, 1, 5]])).toEqual([0, 1, 1, 2, 3]);
  });

  it("are those of a vocabulary, after padding and what it does not hold", () => {
    const options = { vocabulary: [7, 9], maskToken: 0 };
    expect(values(new IntegerLookup(options), [[0, 5, 7, 9]])).toEqual([0, 1, 2, 3]);
    expect(values(new IntegerLookup({ ...options, invert: true }), [[0, 1, 2, 3]])).toEqual([0, -1, 7, 9]);
  });
});
