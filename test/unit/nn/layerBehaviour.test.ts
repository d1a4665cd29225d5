import { ones, softmax, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import { logitsOf, newPass, resetDeclarations, SeededRandomStream, type TensorInputs, Weight } from "../../../src/nn";
import type { Layer } from "../../../src/nn";
import {
  ActivityRegularization,
  Add,
  AlphaDropout,
  BatchNormalization,
  Dense,
  Dropout,
  Embedding,
  GaussianNoise,
  Masking,
  Softmax,
  SpatialDropout1D,
} from "../../../src/nn/layers";
import { maskOf } from "../../../src/nn/masks";
import "./backend";

const numbers = (value: Tensor): number[] => [...value.dataSync()];

function pass(layer: Layer, inputs: TensorInputs, step = 0): { output: Tensor; penalties: readonly Tensor[] } {
  const { context, record } = newPass({ training: true, random: new SeededRandomStream(42, step) });
  return { output: layer.run(inputs, context) as Tensor, penalties: record.penalties };
}

beforeEach(() => void resetDeclarations());

describe("dropout", () => {
  const x = tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [3, 4]);

  it("doubles survivors at rate 0.5, differs from step to step, and repeats with the seed", () => {
    const layer = new Dropout(0.5);
    const first = numbers(pass(layer, x).output);
    first.forEach((value, index) => expect([0, 2 * (index + 1)]).toContain(value));
    expect(numbers(pass(layer, x).output)).toEqual(first);
    expect(numbers(pass(layer, x, 1).output)).not.toEqual(first);
    expect(numbers(layer.apply(x))).toEqual(numbers(x));
    expect(numbers(pass(new Dropout(1), x).output).every((value) => value === 0)).toBe(true);
  });

  it("keeps mean, or mean and variance", () => {
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
    for (const layer of [new Dropout(0.3), new GaussianNoise(1)]) {
      expect(Math.abs(mean(numbers(pass(layer, ones([40_000])).output)) - 1), layer.className).toBeLessThan(0.03);
    }
    const normal = new SeededRandomStream(1, 0).normal([40_000]);
    const dropped = numbers(pass(new AlphaDropout(0.3), normal).output);
    expect(Math.abs(mean(dropped))).toBeLessThan(0.03);
    expect(Math.abs(mean(dropped.map((value) => value ** 2)) - 1)).toBeLessThan(0.05);
  });

  it("drops whole feature maps", () => {
    const values = numbers(pass(new SpatialDropout1D(0.5), ones([4, 6, 5])).output);
    for (let sample = 0; sample < 4; sample++) {
      for (let channel = 0; channel < 5; channel++) {
        const map = Array.from({ length: 6 }, (_, time) => values[(sample * 6 + time) * 5 + channel]);
        expect(new Set(map).size).toBe(1);
      }
    }
  });
});

describe("penalties on activity", () => {
  it("are divided by the batch size, as in Keras", () => {
    const { penalties } = pass(new ActivityRegularization({ l1: 0.1, l2: 0.01 }), tensor([1, -2, 3, 4], [2, 2]));
    expect(penalties).toHaveLength(1);
    expect(numbers(penalties[0]!)[0]).toBeCloseTo((0.1 * 10 + 0.01 * 30) / 2, 6);
  });
});

describe("softmax and sigmoid", () => {
  it("remember their logits", () => {
    const x = tensor([1, 2, 3], [1, 3]);
    for (const layer of [new Softmax(), new Dense(3, { activation: "softmax", kernelInitializer: "identity" })]) {
      layer.ensureBuilt([null, 3]);
      for (const weight of layer.weights)
        weight.assign(tensor(weight.spec.initializer.draw(weight.shape, { seed: 1, sample: never }), weight.shape));
      const output = layer.apply(x);
      const remembered = logitsOf(output);
      expect(remembered?.kind).toBe("softmax");
      expect(numbers(remembered!.logits)).toEqual([1, 2, 3]);
      expect(numbers(output)).toEqual(numbers(softmax(x)));
    }
  });

  it("give masked places no share", () => {
    const x = tensor([1, 1, 1, 1], [2, 2]);
    const mask = tensor([true, false, false, false], [2, 2], "bool");
    const { context } = newPass({ training: false });
    expect(numbers(new Softmax().run(x, { ...context, masks: [mask] }) as Tensor)).toEqual([1, 0, 0, 0]);
  });
});

describe("masks", () => {
  it("begin at embedding and masking, and merge by or", () => {
    const embedding = new Embedding(4, 2, { maskZero: true });
    embedding.ensureBuilt([null, 3]);
    embedding.embeddings.assignZeros();
    const a = embedding.apply(tensor([0, 1, 0], [1, 3]));
    const b = embedding.apply(tensor([2, 0, 0], [1, 3], "int32"));
    expect(numbers(maskOf(a)!)).toEqual([0, 1, 0]);
    const sum = new Add().apply([a, b]) as Tensor;
    expect(numbers(maskOf(sum)!)).toEqual([1, 1, 0]);
    const masked = new Masking({ maskValue: 9 }).apply(tensor([9, 9, 1, 9], [1, 2, 2]));
    expect(numbers(masked)).toEqual([0, 0, 1, 9]);
    expect(numbers(maskOf(masked)!)).toEqual([0, 1]);
  });
});

describe("batch normalization", () => {
  it("leaves its moving statistics alone while frozen", () => {
    const layer = new BatchNormalization({ trainable: false });
    layer.ensureBuilt([null, 2]);
    for (const weight of layer.weights) weight.assign(ones(weight.shape));
    const { context, record } = newPass({ training: true });
    layer.run(tensor([1, 2, 3, 4], [2, 2]), context);
    expect(record.updates.size).toBe(0);
    expect(layer.trainableWeights).toEqual([]);
  });
});

describe("a weight", () => {
  it("is a tensor, but a tensor is no weight", () => {
    expect(tensor([1]) instanceof Weight).toBe(false);
    const layer = new Dense(1);
    layer.ensureBuilt([null, 1]);
    expect(layer.kernel instanceof Weight).toBe(true);
    expect(() => layer.kernel.dataSync()).toThrow("The weight dense/kernel has no value yet");
  });
});

function never(): never {
  throw new Error("There is no training data here.");
}
