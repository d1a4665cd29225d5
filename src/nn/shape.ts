/** A dimension of a shape; `null` where it is unknown until data arrives (usually the batch). */
export type Dimension = number | null;

/** A tensor's shape, the batch dimension first, as Keras writes it: `[null, 28, 28]`. */
export type Shape = readonly Dimension[];

/** A shape as a model file writes it: `[null, 28, 28]`. */
export function writtenShape(shape: Shape): string {
  return `[${shape.map(String).join(", ")}]`;
}

/** `(None, 28, 28)` is written `(?, 28, 28)` in messages. */
export function formatShape(shape: Shape | null): string {
  if (shape === null) return "(unknown)";
  return `(${shape.map((dimension) => dimension ?? "?").join(", ")})`;
}

/** The shape of one sample: the batch dimension left out. */
export function withoutBatch(shape: Shape): Shape {
  return shape.slice(1);
}

/** The product of the dimensions; `null` when one of them is unknown. An empty shape is a scalar: 1. */
export function sizeOf(shape: readonly number[]): number;
export function sizeOf(shape: Shape): Dimension;
export function sizeOf(shape: Shape): Dimension {
  let size = 1;
  for (const dimension of shape) {
    if (dimension === null) return null;
    size *= dimension;
  }
  return size;
}

/** Whether `Shape[]` (several inputs) rather than `Shape` (one). */
export function isShapeList(shape: Shape | readonly Shape[]): shape is readonly Shape[] {
  return Array.isArray(shape[0]);
}
