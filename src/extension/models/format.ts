import type { Shapes } from "../../protocol";

const grouped = new Intl.NumberFormat("en-US");

/** `266610` → `266,610`; unknown → `?`. */
export function formatCount(count: number | null): string {
  return count === null ? "?" : grouped.format(count);
}

type Shape = readonly (number | null)[];

/** Shapes as a person writes them, without the batch: `[null, 28, 28]` → `(28, 28)`, several shapes side by side, unknown → `?`. */
export function formatShapes(shapes: Shapes): string {
  if (shapes === null) return "?";
  return isOneShape(shapes) ? formatShape(shapes) : shapes.map(formatShape).join(", ");
}

function isOneShape(shapes: Shape | readonly Shape[]): shapes is Shape {
  return !shapes.some((item) => Array.isArray(item));
}

function formatShape([, ...dimensions]: Shape): string {
  return `(${dimensions.map((dimension) => dimension ?? "?").join(", ")})`;
}
