import { type DataType, Tensor, tidy, zeros } from "@tensorflow/tfjs-core";
import { newPass } from "./context";
import type { Layer } from "./layer";
import { isShapeList, type Shape } from "./shape";
import { withZeroWeights } from "./weight";

/** Two sizes for each unknown dimension: where the outputs differ, the output's dimension is unknown too. */
const PROBES = [
  { batch: 2, unknown: 5 },
  { batch: 3, unknown: 7 },
] as const;

type Probe = (typeof PROBES)[number];

/**
 * The output shape of a layer that does not declare one: its `call` is run on zeros for two batch sizes, with zeros for weights.
 *
 * @param dtypes The inputs' data types; float32 where they are not given.
 * @throws whatever `call` throws, and an error when its two results do not have the same number of dimensions.
 */
export function inferOutputShape(
  layer: Layer,
  inputShape: Shape | readonly Shape[],
  dtypes: readonly DataType[] = [],
): Shape | readonly Shape[] {
  const [first, second] = runProbes((probe) => probeShapes(layer, inputShape, dtypes, probe));
  if (first === undefined || second === undefined || first.length !== second.length) {
    throw new Error(`${layer.name} returned different numbers of outputs for two batch sizes; declare computeOutputShape.`);
  }
  const shapes = first.map((shape, output) => mergeShapes(layer, shape, second[output] ?? []));
  return shapes.length === 1 ? (shapes[0] ?? []) : shapes;
}

function concreteShape(shape: Shape, { batch, unknown }: Probe): number[] {
  return shape.map((dimension, axis) => dimension ?? (axis === 0 ? batch : unknown));
}

/** Runs a loss or a metric on zeros for each of the batch sizes, with zeros for weights. @throws as a layer's inference does. */
export function onZeros(labels: Shape, predictions: Shape, judge: (yTrue: Tensor, yPred: Tensor) => void): void {
  const run = (probe: Probe) => (): void => {
    judge(zeros(concreteShape(labels, probe)), zeros(concreteShape(predictions, probe)));
  };
  runProbes((probe) => {
    tidy(() => {
      withZeroWeights(run(probe));
    });
  });
}

/** @throws what one run throws; where both do, in words that tell sizes that depend on the batch from those that do not. */
function runProbes<T>(run: (probe: Probe) => T): T[] {
  const results: T[] = [];
  const errors: unknown[] = [];
  for (const probe of PROBES) {
    try {
      results.push(run(probe));
    } catch (error) {
      errors.push(error);
    }
  }
  const [first, second] = errors;
  if (errors.length === 0) return results;
  if (first instanceof Error && second instanceof Error) first.message = withUnknowns(first.message, second.message);
  else if (first instanceof Error && results.length > 0) first.message = onlyOnce(first.message);
  throw first;
}

function onlyOnce(message: string): string {
  return `${message.replace(/\.$/, "")}. With other sizes it works: the batch, and every dimension that is null, may have any size.`;
}

/** Two messages as one: `[2, 10]` and `[3, 10]` are `[batch, 10]`. Where they say different things, the first. */
function withUnknowns(first: string, second: string): string {
  const [parts, others] = [first, second].map((text) => text.split(/(\d+)/));
  if (parts === undefined || others === undefined || parts.length !== others.length) return first;
  const merged = parts.map((part, index) => (part === others[index] ? part : sizeInWords(Number(part), Number(others[index]))));
  return merged.includes(undefined) ? first : merged.join("");
}

/** Which product of the unknown sizes two numbers are; undefined where they are none. */
function sizeInWords(first: number, second: number): string | undefined {
  const [a, b] = PROBES;
  const products = [
    { name: "batch", sizes: [a.batch, b.batch] },
    { name: "?", sizes: [a.unknown, b.unknown] },
    { name: "batch·?", sizes: [a.batch * a.unknown, b.batch * b.unknown] },
  ] as const;
  for (const { name, sizes } of products) {
    const factor = first / sizes[0];
    if (Number.isInteger(factor) && factor === second / sizes[1]) return factor === 1 ? name : `${name}·${factor}`;
  }
  return undefined;
}

function probeShapes(layer: Layer, inputShape: Shape | readonly Shape[], dtypes: readonly DataType[], probe: Probe): number[][] {
  const concrete = (shape: Shape): number[] => concreteShape(shape, probe);
  const shapes: number[][] = [];
  tidy(() =>
    withZeroWeights(() => {
      const inputs: Tensor | Tensor[] = isShapeList(inputShape)
        ? inputShape.map((shape, index) => zeros(concrete(shape), dtypes[index]))
        : zeros(concrete(inputShape), dtypes[0]);
      const outputs = layer.run(inputs, newPass({ training: false }).context);
      for (const output of outputs instanceof Tensor ? [outputs] : outputs) shapes.push(output.shape);
    }),
  );
  return shapes;
}

function mergeShapes(layer: Layer, first: readonly number[], second: readonly number[]): Shape {
  if (first.length !== second.length) {
    throw new Error(
      `${layer.name} returned [${first.join(", ")}] for one batch size and [${second.join(", ")}] for another; the number of dimensions must not depend on the batch.`,
    );
  }
  return first.map((size, axis) => (size === second[axis] ? size : null));
}
