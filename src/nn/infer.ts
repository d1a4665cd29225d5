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
  const [first, second] = PROBES.map((probe) => probeShapes(layer, inputShape, dtypes, probe));
  if (first === undefined || second === undefined || first.length !== second.length) {
    throw new Error(`${layer.name} returned different numbers of outputs for two batch sizes; declare computeOutputShape.`);
  }
  const shapes = first.map((shape, output) => mergeShapes(layer, shape, second[output] ?? []));
  return shapes.length === 1 ? (shapes[0] ?? []) : shapes;
}

function probeShapes(
  layer: Layer,
  inputShape: Shape | readonly Shape[],
  dtypes: readonly DataType[],
  probe: (typeof PROBES)[number],
): number[][] {
  const concrete = (shape: Shape): number[] =>
    shape.map((dimension, axis) => dimension ?? (axis === 0 ? probe.batch : probe.unknown));
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
