import { drawEdge } from "./drawEdge";
import { type Drawing, drawItem } from "./drawNode";
import type { PlacedItem } from "./layout";
import { element, px, type SvgDocument, type SvgElement } from "./svg";

/** Around the diagram. */
export const MARGIN = 16;

export function translation({ left, top }: Pick<PlacedItem, "left" | "top">): string {
  return `translate(${px(left)} ${px(top)})`;
}

/** The diagram as a picture of its own, in colours that need no theme. */
export function diagramDocument(drawing: Drawing, fontFamily: string): SvgDocument {
  const { layout, palette } = drawing;
  const width = Math.ceil(layout.width + 2 * MARGIN);
  const height = Math.ceil(layout.height + 2 * MARGIN);
  const nodes = layout.items.map((placed) =>
    element("g", { transform: translation(placed) }, drawItem(drawing, placed, false).map(plain)),
  );
  const edges = layout.edges.map((edge) => plain(drawEdge(drawing, edge)));
  const content = element("g", { transform: translation({ left: MARGIN, top: MARGIN }) }, [...edges, ...nodes]);
  const background = element("rect", { width, height, fill: palette("background") });
  return {
    width,
    height,
    title: layout.network.name,
    attributes: { "font-family": fontFamily },
    children: [background, content],
  };
}

/** Without the page's class names. */
function plain({ tag, attributes, children }: SvgElement): SvgElement {
  const others = Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== "class"));
  return element(
    tag,
    others,
    children.map((child) => (typeof child === "string" ? child : plain(child))),
  );
}
