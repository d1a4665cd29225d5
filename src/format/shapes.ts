import type { Shapes } from "../protocol";
import { UNKNOWN } from "./numbers";

export type Shape = readonly (number | null)[];

/** Shapes as a person writes them, without the batch: `[null, 28, 28]` → `(28, 28)`, several shapes side by side, unknown → `?`. */
export function formatShapes(shapes: Shapes): string {
  return shapeList(shapes)?.map(formatShape).join(", ") ?? UNKNOWN;
}

/** Shapes as Keras writes them: `(None, 28, 28)`, several in brackets, unknown → `?`. */
export function formatKerasShapes(shapes: Shapes): string {
  const list = shapeList(shapes)?.map(formatTuple);
  if (list === undefined) return UNKNOWN;
  return list.length === 1 ? (list[0] ?? UNKNOWN) : `[${list.join(", ")}]`;
}

/** The shapes one by one; undefined when unknown. */
export function shapeList(shapes: Shapes): readonly Shape[] | undefined {
  if (shapes === null) return undefined;
  return isOneShape(shapes) ? [shapes] : shapes;
}

function isOneShape(shapes: Shape | readonly Shape[]): shapes is Shape {
  return !shapes.some((item) => Array.isArray(item));
}

/** One shape without the batch. */
export function formatShape([, ...dimensions]: Shape): string {
  return `(${dimensions.map((dimension) => dimension ?? UNKNOWN).join(", ")})`;
}

function formatTuple(shape: Shape): string {
  const dimensions = shape.map((dimension) => dimension ?? "None");
  return dimensions.length === 1 ? `(${dimensions.join("")},)` : `(${dimensions.join(", ")})`;
}
