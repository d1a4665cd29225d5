import type { Network, NodeSize } from "../../src/protocol/network";
import { nodeText } from "./describe";
import type { Item } from "./level";
import { measureItem, wholeOf } from "./measures";
import { gravestProblem } from "./problems";

/** How wide a text is, in pixels; the page's canvas knows. */
export type MeasureText = (text: string, font: "name" | "small") => number;

/** Pixels of the fonts: of names and counts, and of all else. */
export const NAME_SIZE = 13;
export const SMALL_SIZE = 11;
const NARROWEST = 148;
const WIDEST = 288;
export const PADDING = 10;
/** Between what stands at the left and at the right. */
const GUTTER = 14;
/** The arrow that opens and closes a group. */
export const ARROW = 16;
/** The sign of a diagnostic. */
export const MARK = 14;
export const MARK_GAP = 4;

/** One line: layers that have none of what nodes are sized by. */
const LOWEST = 28;
const LOW = 44;
/** How much a node that is the whole model is higher than the smallest. */
const RISE = 96;

/** A node's height grows with the square root of its share, so that small layers can be told from one another beside large ones. */
export function nodeHeight(item: Item, size: NodeSize, network: Network): number {
  const { value } = measureItem(item, size, network);
  const whole = wholeOf(network, size);
  if (value === null || (value === 0 && item.kind !== "layer")) return LOW;
  if (value === 0) return LOWEST;
  return whole === 0 ? LOW : LOW + Math.round(RISE * Math.sqrt(Math.min(1, value / whole)));
}

/** All nodes of a diagram have one width, in which the longest text has room. */
export function nodeWidth(items: readonly Item[], size: NodeSize, network: Network, measure: MeasureText): number {
  const widths = items.map((item) => {
    const { name, times, count, detail, share } = nodeText(item, size, network);
    const first =
      measure(times === "" ? name : `${name} ${times}`, "name") + (count === "" ? 0 : GUTTER + measure(count, "name"));
    const second = measure(detail, "small") + (share === "" ? 0 : GUTTER + measure(share, "small"));
    const oneLine = measure(name, "name") + GUTTER + measure(detail, "small");
    const content = count === "" && item.kind === "layer" ? oneLine : Math.max(first, second);
    const mark = gravestProblem(item) === null ? 0 : MARK + MARK_GAP;
    return content + 2 * PADDING + (item.kind === "layer" ? 0 : ARROW) + mark;
  });
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, ...widths)));
}
