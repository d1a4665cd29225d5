import type { Shapes } from "../../protocol";

const grouped = new Intl.NumberFormat("en-US");

/** `266610` → `266,610`; unknown → `?`. */
export function formatCount(count: number | null): string {
  return count === null ? "?" : grouped.format(count);
}

/** Shapes as a person writes them, without the batch: `[null, 28, 28]` → `(28, 28)`, several shapes side by side, unknown → `?`. */
export function formatShapes(shapes: Shapes): string {
  if (shapes === null) return "?";
  const list = shapes.filter(Array.isArray);
  if (list.length > 0) return list.map(formatShape).join(", ");
  return formatShape(shapes.filter((dimension) => !Array.isArray(dimension)));
}

function formatShape([, ...dimensions]: readonly (number | null)[]): string {
  return `(${dimensions.map((dimension) => dimension ?? "?").join(", ")})`;
}
