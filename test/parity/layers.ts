import { readFileSync } from "node:fs";
import { addN, engine, keep, mul, type Scalar, scalar, sum, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { z } from "zod";
import { type Layer, newPass, resetDeclarations, Weight } from "../../src/nn";
import { LAYER_FACTORIES, type LayerFactories } from "./layerCases";
import { type Computation, type Expected, goldenTensor, type ParityCase, sine } from "./parityCase";

const shape = z.array(z.number());
const mask = z.union([z.array(z.array(z.boolean())), z.array(z.array(z.array(z.boolean())))]);
/** The format that `test/golden/layer_golden.py` writes. */
const layerGolden = z.object({
  inputs: z.array(shape),
  wholeNumbersBelow: z.number().optional(),
  masks: z.array(mask),
  training: z.boolean().default(false),
  positiveWeights: z.boolean().default(false),
  weights: z.array(z.object({ path: z.string(), shape })),
  outputs: z.array(goldenTensor),
  inputGradients: z.array(goldenTensor),
  weightGradients: z.array(goldenTensor),
  updates: z.array(goldenTensor.nullable()).default([]),
});
type LayerGolden = z.infer<typeof layerGolden>;
const goldenFile = z.object({ keras: z.string(), cases: z.record(z.string(), layerGolden) });

/** The forward pass, gradients and moving statistics of every layer, by the golden files' names. */
export const layerFamilies: Readonly<Record<string, readonly ParityCase[]>> = Object.fromEntries(
  Object.entries(LAYER_FACTORIES).map(([file, factories]) => [file, casesOf(file, factories)]),
);

function casesOf(file: string, factories: LayerFactories): ParityCase[] {
  const url = new URL(`../golden/${file}.json`, import.meta.url);
  const { cases } = goldenFile.parse(JSON.parse(readFileSync(url, "utf8")));
  expect(Object.keys(factories).sort(), `${file}.json and layerCases.ts have the same cases`).toEqual(Object.keys(cases).sort());
  return Object.entries(factories).map(([name, make]) => ({ name, make: () => computationOf(make, cases[name]!) }));
}

function computationOf(make: () => Layer, golden: LayerGolden): Computation {
  resetDeclarations();
  const layer = make();
  build(layer, golden);
  const inputs = golden.inputs.map((size, index) => inputOf(golden, size, index));
  const weights = layer.weights.map((weight, index) => {
    const values = sine(weight.shape, 0.9 + index, 0.5);
    return tensor(golden.positiveWeights ? values.map(Math.abs) : values, weight.shape);
  });
  return {
    inputs: [...inputs, ...weights],
    compute: (given) =>
      Weight.withValues(layer.weights, given.slice(inputs.length), () => pass(layer, golden, given.slice(0, inputs.length))),
    expected: expectedOf(layer, golden),
  };
}

/** Builds a layer and checks what it declares. */
function build(layer: Layer, { inputs, weights, outputs }: LayerGolden): void {
  const shapes = inputs.map((size) => [null, ...size.slice(1)]);
  const inputShape = shapes.length === 1 ? shapes[0]! : shapes;
  layer.ensureBuilt(inputShape);
  expect(layer.weights.map((weight) => weight.shape)).toEqual(weights.map((weight) => weight.shape));
  layer.weights.forEach((weight, index) => expect(weights[index]?.path).toMatch(new RegExp(`(^|/)${weight.spec.name}$`)));
  const declared = layer.computeOutputShape(inputShape);
  const declaredShapes = outputs.length === 1 ? [declared] : declared;
  expect(declaredShapes.map((size) => (size as (number | null)[]).slice(1))).toEqual(
    outputs.map((output) => output.shape.slice(1)),
  );
}

function inputOf({ wholeNumbersBelow }: LayerGolden, size: readonly number[], index: number): Tensor {
  if (wholeNumbersBelow === undefined) return tensor(sine(size, 0.3 + index), [...size]);
  const values = Int32Array.from(
    { length: size.reduce((product, each) => product * each, 1) },
    (_, place) => (7 * place) % wholeNumbersBelow,
  );
  return tensor(values, [...size], "int32");
}

/** Outputs, gradients of inputs and trainable weights, moving statistics. */
function pass(layer: Layer, { training, wholeNumbersBelow, masks }: LayerGolden, inputs: readonly Tensor[]): Tensor[] {
  const { context, record } = newPass({ training });
  let outputs: readonly Tensor[] = [];
  const variables = [...(wholeNumbersBelow === undefined ? inputs : []), ...layer.trainableWeights];
  // Differentiation takes at least one variable; a layer of whole numbers without weights has none.
  const { grads } = engine().gradients(
    () => {
      const given = masks.map((each) => tensor(each as boolean[][], undefined, "bool"));
      const result = layer.run(inputs.length === 1 ? inputs[0]! : inputs, { ...context, masks: given });
      outputs = [result].flat();
      [...outputs, ...record.updates.values()].forEach((each) => keep(each));
      return addN(
        outputs.map((output, index) => sum<Scalar>(mul(output, tensor(sine(output.shape, 0.6 + index), output.shape)))),
      );
    },
    variables.length === 0 ? [scalar(0)] : variables,
    undefined,
    true,
  );
  return [
    ...outputs,
    ...grads.slice(0, variables.length),
    ...layer.weights.flatMap((weight) => record.updates.get(weight) ?? []),
  ];
}

function expectedOf(layer: Layer, golden: LayerGolden): Expected[] {
  const { outputs, inputGradients, weightGradients, updates } = golden;
  return [
    ...outputs.map((output, index) => ({ what: `output ${index}`, ...output })),
    ...inputGradients.map((gradient, index) => ({ what: `gradient of input ${index}`, ...gradient })),
    ...weightGradients.map((gradient, index) => ({ what: `gradient of ${layer.trainableWeights[index]?.path}`, ...gradient })),
    ...updates.flatMap((update, index) =>
      update === null ? [] : { what: `${layer.weights[index]?.path} after the pass`, ...update },
    ),
  ];
}
