import type { PlacedEdge } from "./layout";
import { BASELINE, type Drawing } from "./drawNode";
import type { Point } from "./placeGraph";
import { SMALL_SIZE } from "./sizes";
import { element, px, type SvgElement } from "./svg";

const HEAD = 6;

/** An arrow from foot to head, and beside it the shape of what flows. */
export function drawEdge({ palette }: Drawing, { points, arrow, label }: PlacedEdge): SvgElement {
  const end = points.at(-1);
  const children = [element("path", { d: curve(points), fill: "none", stroke: palette("line") })];
  if (arrow && end !== undefined) {
    const d = `M${px(end.x - HEAD / 2)} ${px(end.y - HEAD)}h${px(HEAD)}L${px(end.x)} ${px(end.y)}Z`;
    children.push(element("path", { d, fill: palette("line") }));
  }
  if (label !== undefined) {
    const attributes = { x: px(label.x), y: px(label.y + SMALL_SIZE * BASELINE), "font-size": SMALL_SIZE, fill: palette("dim") };
    children.push(element("text", attributes, [label.text]));
  }
  return element("g", { class: "edge" }, children);
}

/** Straight down where nothing is beside; between columns a curve that leaves and arrives straight down. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => {
      const last = points[index - 1];
      if (last === undefined) return `M${px(x)} ${px(y)}`;
      if (Math.abs(last.x - x) < 0.5) return `L${px(x)} ${px(y)}`;
      const middle = px((last.y + y) / 2);
      return `C${px(last.x)} ${middle} ${px(x)} ${middle} ${px(x)} ${px(y)}`;
    })
    .join("");
}
