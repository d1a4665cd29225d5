import { readFileSync } from "node:fs";
import { engine, keep, mul, type Scalar, sum, tensor, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Layer, newPass, resetDeclarations, type Weight } from "../../../src/nn";
import { type ActivationName, activationNames } from "../../../src/nn/activations";
import * as L from "../../../src/nn/layers";
import { toSnakeCase } from "../../../src/nn/naming";
import "./backend";

const shape = z.array(z.number());
const values = z.object({ shape, values: z.array(z.number()) });
const golden = z
  .object({
    keras: z.string(),
    cases: z.record(
      z.string(),
      z.object({
        inputs: z.array(shape),
        masks: z.array(z.array(z.array(z.boolean()))),
        training: z.boolean(),
        output: values,
        gradient: values,
        weights: z.array(values),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("../../golden/core_layers.json", import.meta.url), "utf8")));

/** Keras 3.15's sparsemax does not return probabilities; `core_layers.py` says why. */
const comparable = activationNames.filter((name) => name !== "sparsemax");

const MAKE: Readonly<Record<string, () => Layer>> = {
  ...Object.fromEntries(
    comparable.map((name) => [`Activation ${toSnakeCase(name)}`, () => new L.Activation(name as ActivationName)]),
  ),
  Dense: () => new L.Dense(4),
  "Dense of a sequence": () => new L.Dense(4, { activation: "selu", useBias: false }),
  ReLU: () => new L.ReLU(),
  "ReLU with everything": () => new L.ReLU({ threshold: 0.1, negativeSlope: 0.2, maxValue: 0.6 }),
  LeakyReLU: () => new L.LeakyReLU(),
  ELU: () => new L.ELU({ alpha: 1.5 }),
  PReLU: () => new L.PReLU({ sharedAxes: [1] }),
  Softmax: () => new L.Softmax(),
  "Softmax in time": () => new L.Softmax({ axis: 1 }),
  Flatten: () => new L.Flatten(),
  "Flatten channels first": () => new L.Flatten({ dataFormat: "channelsFirst" }),
  Reshape: () => new L.Reshape([-1, 5]),
  Permute: () => new L.Permute([3, 1, 2]),
  RepeatVector: () => new L.RepeatVector(3),
  Add: () => new L.Add(),
  "Add of different ranks": () => new L.Add(),
  Subtract: () => new L.Subtract(),
  Multiply: () => new L.Multiply(),
  "Multiply masked": () => new L.Multiply(),
  Average: () => new L.Average(),
  Maximum: () => new L.Maximum(),
  "Maximum masked": () => new L.Maximum(),
  Minimum: () => new L.Minimum(),
  Concatenate: () => new L.Concatenate({ axis: 1 }),
  Dot: () => new L.Dot(),
  "Dot normalized": () => new L.Dot({ axes: 1, normalize: true }),
  "Dot of sequences": () => new L.Dot({ axes: [2, 1] }),
  "Dot of an image": () => new L.Dot({ axes: [1, 1] }),
  BatchNormalization: () => new L.BatchNormalization(),
  "BatchNormalization training": () => new L.BatchNormalization(),
  "BatchNormalization masked": () => new L.BatchNormalization(),
  "BatchNormalization of axis 1": () => new L.BatchNormalization({ axis: 1, momentum: 0.5, epsilon: 0.1, scale: false }),
  LayerNormalization: () => new L.LayerNormalization(),
  "LayerNormalization over two axes": () => new L.LayerNormalization({ axis: [1, 2] }),
  Masking: () => new L.Masking(),
};

/** The values that `core_layers.py` makes. */
function sine(size: readonly number[], phase: number, scale = 1): Float32Array {
  const count = size.reduce((product, each) => product * each, 1);
  return Float32Array.from({ length: count }, (_, index) => scale * Math.sin(1.7 * index + phase));
}

function expectClose(actual: Tensor, expected: z.infer<typeof values>): void {
  expect(actual.shape).toEqual(expected.shape);
  const received = [...actual.dataSync()];
  const scale = Math.max(1, ...expected.values.map(Math.abs));
  const worst = Math.max(...received.map((value, index) => Math.abs(value - (expected.values[index] ?? NaN))));
  expect(worst, `${received.slice(0, 8).join(" ")} for ${expected.values.slice(0, 8).join(" ")}`).toBeLessThanOrEqual(
    1e-5 * scale,
  );
}

beforeEach(() => void resetDeclarations());

describe(`Keras ${golden.keras}`, () => {
  it("has golden numbers for every case", () => {
    expect(Object.keys(golden.cases).sort()).toEqual(Object.keys(MAKE).sort());
  });

  it.each(Object.entries(MAKE))("%s", (name, make) => {
    const expected = golden.cases[name]!;
    const layer = make();
    layer.ensureBuilt(expected.inputs.length === 1 ? expected.inputs[0]! : expected.inputs);
    layer.weights.forEach((weight: Weight, index) =>
      weight.assign(tensor(sine(weight.shape, 0.9 + index, 0.5).map(Math.abs), weight.shape)),
    );
    tidy(() => {
      const inputs = expected.inputs.map((size, index) => tensor(sine(size, 0.3 + index), size));
      const masks = expected.masks.map((mask) => tensor(mask, undefined, "bool"));
      const { context, record } = newPass({ training: expected.training });
      let output: Tensor | undefined;
      const { grads } = engine().gradients(() => {
        output = layer.run(inputs.length === 1 ? inputs[0]! : inputs, { ...context, masks }) as Tensor;
        [output, ...record.updates.values()].forEach((tensor) => keep(tensor));
        return sum<Scalar>(mul(output, tensor(sine(output.shape, 0.6), output.shape)));
      }, [inputs[0]!]);
      expectClose(output!, expected.output);
      expectClose(grads[0]!, expected.gradient);
      layer.weights.forEach((weight, index) => expectClose(record.updates.get(weight) ?? weight, expected.weights[index]!));
    });
  });
});

describe("sparsemax", () => {
  it("projects onto the simplex", () => {
    const y = [...new L.Activation("sparsemax").apply(tensor([[1.5, 1, -1, 0.9]])).dataSync()];
    [0.7, 0.2, 0, 0.1].forEach((expected, index) => expect(y[index]).toBeCloseTo(expected, 6));
  });
});
