import { readFileSync } from "node:fs";
import { addN, grads, mul, sum, tensor, Tensor, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { newPass } from "../../../src/nn/context";
import { resetDeclarations } from "../../../src/nn/declarations";
import { isShapeList, type Shape } from "../../../src/nn/shape";
import { Bidirectional, GlobalAveragePooling1D, GRU, LSTM, MultiHeadAttention, TimeDistributed } from "../../../src/nn/layers";
import type { LayerCase } from "./layerCase";
import { layerCasesB } from "./layerCasesB";

type GoldenCase = Pick<LayerCase, "title" | "make" | "inputShape">;

const steps = [null, 4, 3];
const sequences = { returnSequences: true };

/** What a mask changes; the masks are the golden file's. */
const maskedCases: GoldenCase[] = [
  { title: "masked", make: () => new GlobalAveragePooling1D(), inputShape: steps },
  { title: "masked", make: () => new LSTM(5, sequences), inputShape: steps },
  { title: "masked, backwards", make: () => new LSTM(5, { goBackwards: true }), inputShape: steps },
  { title: "masked", make: () => new GRU(5, sequences), inputShape: steps },
  { title: "product, masked", make: () => new Bidirectional(new LSTM(3, sequences), { mergeMode: "mul" }), inputShape: steps },
  { title: "LSTM, masked", make: () => new TimeDistributed(new LSTM(3)), inputShape: [null, 4, 3, 2] },
  {
    title: "masked",
    make: () => new MultiHeadAttention(2, 3),
    inputShape: [
      [null, 4, 5],
      [null, 4, 5],
    ],
  },
];

const cases = [...layerCasesB, ...maskedCases].map((each) => {
  const { className } = each.make();
  return { ...each, name: each.title === undefined ? className : `${className} (${each.title})` };
});

const shape = z.array(z.number());
const values = z.object({ shape, values: z.array(z.number()) });
const mask = z.union([z.array(z.array(z.boolean())), z.array(z.array(z.array(z.boolean())))]);
const golden = z
  .object({
    keras: z.string(),
    cases: z.record(
      z.string(),
      z.object({
        inputs: z.array(shape),
        masks: z.array(mask),
        weights: z.array(z.object({ path: z.string(), shape })),
        outputs: z.array(values),
        inputGradients: z.array(values),
        weightGradients: z.array(values),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("../../golden/layers_b.json", import.meta.url), "utf8")));

/** The values that `layers_b.py` makes. */
function sine(shape: readonly number[], phase: number, scale = 1): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Float32Array.from({ length: count }, (_, index) => scale * Math.sin(1.7 * index + phase));
  return tensor(values, [...shape]);
}

function expectClose(actual: Tensor, expected: z.infer<typeof values>, what: string): void {
  expect(actual.shape, what).toEqual(expected.shape);
  const received = actual.dataSync();
  const scale = Math.max(1, ...expected.values.map(Math.abs));
  expected.values.forEach((value, index) => {
    expect(
      Math.abs((received[index] ?? NaN) - value),
      `${what}, value ${index}: ${received[index]} for ${value}`,
    ).toBeLessThanOrEqual(1e-5 * scale);
  });
}

const listOf = (shapes: Shape | readonly Shape[]): readonly Shape[] => (isShapeList(shapes) ? shapes : [shapes]);

/** Tests that every case computes what Keras computes: weights, outputs, and gradients of inputs and weights. */
export function testAgainstKeras(): void {
  it("covers every golden case", () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(golden.cases).sort());
  });

  describe(`Keras ${golden.keras}`, () => {
    it.each(cases)("$name", ({ name, make, inputShape }) => {
      const expected = golden.cases[name]!;
      resetDeclarations();
      const layer = make();
      layer.ensureBuilt(inputShape);
      expect(listOf(inputShape).map((each) => each.slice(1))).toEqual(expected.inputs.map((each) => each.slice(1)));
      expect(layer.weights.map((weight) => weight.shape)).toEqual(expected.weights.map((weight) => weight.shape));
      layer.weights.forEach((weight, index) => {
        expect(expected.weights[index]?.path).toMatch(new RegExp(`/${weight.spec.name}$`));
        weight.assign(sine(weight.shape, 0.9 + index, 0.5));
      });
      const declared = listOf(layer.computeOutputShape(inputShape));
      expect(declared.map((each) => each.slice(1))).toEqual(expected.outputs.map((output) => output.shape.slice(1)));

      const inputs = expected.inputs.map((each, index) => sine(each, 0.3 + index));
      const masks = expected.masks.map((each) => tensor(each as boolean[][], undefined, "bool"));
      const run = (given: readonly Tensor[]): readonly Tensor[] => {
        const context = { ...newPass({ training: false }).context, masks };
        const outputs = layer.run(isShapeList(inputShape) ? given : given[0]!, context);
        return outputs instanceof Tensor ? [outputs] : outputs;
      };
      run(inputs).forEach((output, index) => expectClose(output, expected.outputs[index]!, `output ${index}`));

      const { weights } = layer;
      const gradients = tidy(() =>
        grads((...given: Tensor[]) =>
          addN(run(given.slice(0, inputs.length)).map((output, index) => sum(mul(output, sine(output.shape, 0.6 + index))))),
        )([...inputs, ...weights]),
      );
      expected.inputGradients.forEach((gradient, index) =>
        expectClose(gradients[index]!, gradient, `gradient of input ${index}`),
      );
      expected.weightGradients.forEach((gradient, index) =>
        expectClose(gradients[inputs.length + index]!, gradient, `gradient of ${weights[index]!.path}`),
      );
      for (const weight of weights) weight.release();
    });
  });
}
