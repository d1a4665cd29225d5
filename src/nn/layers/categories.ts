import { cast, type DataType, expandDims, max, mul, oneHot, reshape, sum, type Tensor } from "@tensorflow/tfjs-core";
import { ModelError } from "../errors";
import type { Layer } from "../layer";
import { formatShape, type Shape } from "../shape";

/**
 * What becomes of whole numbers: `"int"` leaves them; `"oneHot"` makes a row of each with a 1 at its place; `"multiHot"` has one row a sample with
 * a 1 at each place that occurs, and `"count"` how often it occurs.
 */
export type CategoryMode = "int" | "oneHot" | "multiHot" | "count";

/** @throws ModelError where there is no axis to count along. */
export function encodedShape(layer: Layer, shape: Shape, depth: number, mode: CategoryMode): Shape {
  if (mode === "int") return shape;
  if (mode === "oneHot") return [...(isColumn(shape) ? shape.slice(0, -1) : shape), depth];
  if (shape.length < 2) {
    throw new ModelError(
      "shape-mismatch",
      `${layer.name} counts along the axis after the batch; received ${formatShape(shape)}. Use outputMode: "oneHot" for one number a sample.`,
      layer,
    );
  }
  return [shape[0] ?? null, ...shape.slice(2), depth];
}

export function encodedDtype(mode: CategoryMode): DataType {
  return mode === "int" ? "int32" : "float32";
}

/** @param indices Whole numbers below `depth`; others have no place. @param weights Of each, for `"count"`. */
export function encodeCategories(indices: Tensor, depth: number, mode: CategoryMode, weights?: Tensor): Tensor {
  const whole = cast(indices, "int32");
  if (mode === "int") return whole;
  const { shape } = whole;
  if (mode === "oneHot") return oneHot(isColumn(shape) ? reshape(whole, shape.slice(0, -1)) : whole, depth, 1, 0, "float32");
  const places = oneHot(whole, depth, 1, 0, "float32");
  if (mode === "multiHot") return max(places, 1);
  return sum(weights === undefined ? places : mul(places, expandDims(weights, -1)), 1);
}

/** One number a sample, in an axis of its own: it falls away. */
function isColumn(shape: Shape): boolean {
  return shape.length > 1 && shape.at(-1) === 1;
}
