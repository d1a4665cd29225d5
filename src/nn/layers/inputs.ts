import { cast, type DataType, Tensor } from "@tensorflow/tfjs-core";
import { ModelError } from "../errors";
import type { Layer, TensorInputs } from "../layer";
import { type Dimension, formatShape, isShapeList, type Shape } from "../shape";

/** The shape of the one input that a layer takes. @throws ModelError when there are several. */
export function soleShape(layer: Layer, inputShape: Shape | readonly Shape[]): Shape {
  if (!isShapeList(inputShape)) return inputShape;
  const [shape] = inputShape;
  if (shape === undefined || inputShape.length > 1) {
    throw new ModelError(
      "shape-mismatch",
      `${layer.name} takes one input; received ${inputShape.length}, of shapes ${inputShape.map(formatShape).join(" and ")}. Merge them first, for example with layers.concatenate().`,
      layer,
    );
  }
  return shape;
}

/** The one tensor that a layer takes. */
export function soleTensor(inputs: TensorInputs): Tensor {
  return inputs instanceof Tensor ? inputs : (inputs[0] as Tensor);
}

/** The one tensor that a layer takes, as floats: whole numbers and booleans are converted. */
export function soleFloats(inputs: TensorInputs): Tensor {
  return asFloats(soleTensor(inputs));
}

export function asFloats(x: Tensor): Tensor {
  return x.dtype === "float32" ? x : cast(x, "float32");
}

/** The input's data type, for a layer that passes values on as they are. */
export function sameDtype(inputDtypes: readonly DataType[]): DataType {
  return inputDtypes[0] ?? "float32";
}

/** The size of the last dimension. @throws ModelError when the input has no dimension besides the batch, or its last one is unknown. */
export function lastDimension(layer: Layer, shape: Shape): number {
  return knownDimension(layer, shape, shape.length - 1);
}

/** The size of one dimension. @throws ModelError when the input has no such dimension besides the batch, or its size is unknown. */
export function knownDimension(layer: Layer, shape: Shape, axis: number): number {
  const size: Dimension | undefined = axis > 0 ? shape[axis] : undefined;
  if (size === undefined) {
    throw new ModelError(
      "shape-mismatch",
      `${layer.name} needs an input of at least ${Math.max(1, axis)} dimensions besides the batch; received ${formatShape(shape)}.`,
      layer,
    );
  }
  if (size === null) {
    throw new ModelError(
      "shape-mismatch",
      `${layer.name} declares its weights by dimension ${axis} of its input, which is unknown in ${formatShape(shape)}. Give it a size in input({ shape }).`,
      layer,
    );
  }
  return size;
}

/** The axis counted from 0; negative ones count from the end. @throws ModelError for an axis the input does not have, or the batch. */
export function resolveAxis(layer: Layer, axis: number, shape: Shape): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || resolved < 1 || resolved >= shape.length) {
    throw new ModelError(
      "invalid-argument",
      `${layer.name} has axis ${axis}, but its input ${formatShape(shape)} has the axes 1 to ${shape.length - 1} besides the batch (axis 0).`,
      layer,
    );
  }
  return resolved;
}

/** One axis or several, counted from 0, ascending. @throws ModelError for an axis the input does not have, or the batch. */
export function resolveAxes(layer: Layer, axis: number | readonly number[], shape: Shape): number[] {
  const axes = typeof axis === "number" ? [axis] : axis;
  return axes.map((each) => resolveAxis(layer, each, shape)).sort((a, b) => a - b);
}

/** A layer called again, or a nested model, must meet inputs of the size that its weights were declared for. */
export function expectBuiltSize(layer: Layer, what: string, built: number, received: number, shape: Shape): void {
  if (built === received) return;
  throw new ModelError(
    "shape-mismatch",
    `${layer.name} has weights for ${built} ${what}; received ${received} in an input of shape ${formatShape(shape)}. A layer that is called twice shares its weights, so that both inputs need ${built} ${what}.`,
    layer,
  );
}

/** Whether two sizes are known and not equal. */
export function sizesDiffer(a: Dimension | undefined, b: Dimension | undefined): boolean {
  return typeof a === "number" && typeof b === "number" && a !== b;
}
