import { nodeText, tooltip } from "./describe";
import type { Item } from "./level";
import type { Layout, PlacedItem } from "./layout";
import { measureItem } from "./measures";
import type { Palette } from "./palette";
import { gravestProblem } from "./problems";
import { ARROW, MARK, MARK_GAP, type MeasureText, NAME_SIZE, PADDING, SMALL_SIZE } from "./sizes";
import { element, px, type SvgElement } from "./svg";

export interface Drawing {
  readonly layout: Layout;
  readonly palette: Palette;
  readonly measure: MeasureText;
}

/** How far a line's baseline lies below its middle, in parts of the font's size. */
export const BASELINE = 0.36;
const BAR = 3;
/** How far the sheets of a closed group lie apart. */
const SHEET = 3;
const NAME_LINE = 17;
const DETAIL_LINE = 15;

/** A node, or an opened group's frame with its head. */
export function drawItem(drawing: Drawing, placed: PlacedItem, selected: boolean): SvgElement[] {
  const { item, open, width, height } = placed;
  const { palette, layout } = drawing;
  const stroke = selected ? palette("selection") : palette("border");
  const box = {
    class: "box",
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    rx: 2,
    stroke,
    "stroke-width": selected ? 2 : 1,
  };
  return [
    element("title", {}, [tooltip(item, layout.network)]),
    ...(item.kind === "layer" || open ? [] : sheets(placed, palette)),
    element("rect", { ...box, fill: open ? "none" : palette("node") }),
    ...(open ? [frameHead(placed, palette)] : []),
    ...shareBar(drawing, placed),
    ...texts(drawing, placed),
  ];
}

/** A closed group looks like what it is: several nodes, one behind the other. */
function sheets({ width, height }: PlacedItem, palette: Palette): SvgElement[] {
  return [2 * SHEET, SHEET].map((by) =>
    element("path", {
      d: `M${px(by + 0.5)} ${px(height)}V${px(height + by - 0.5)}H${px(width + by - 0.5)}V${px(by + 0.5)}H${px(width)}`,
      fill: "none",
      stroke: palette("border"),
    }),
  );
}

function frameHead({ width, headHeight }: PlacedItem, palette: Palette): SvgElement {
  const box = { x: 1, y: 1, width: width - 2, height: headHeight - 2 };
  return element("g", {}, [
    element("rect", { ...box, fill: palette("node") }),
    element("path", { d: `M0.5 ${px(headHeight)}h${px(width - 1)}`, stroke: palette("border"), fill: "none" }),
  ]);
}

function shareBar({ layout, palette }: Drawing, { item, open, width, headHeight }: PlacedItem): SvgElement[] {
  const { share, value } = measureItem(item, layout.size, layout.network);
  if (share === null || value === 0) return [];
  const bar = { x: 1, y: headHeight - 1 - BAR, height: BAR };
  const length = (width - 2) * share;
  return [
    element("rect", {
      ...bar,
      class: "share",
      width: px(Math.max(1, length)),
      fill: palette("share"),
      ...(open ? { opacity: 0.6 } : {}),
    }),
  ];
}

/** Whether a node has room for its name alone, and where the middle of that line is. */
function lines(headHeight: number): { oneLine: boolean; first: number } {
  const oneLine = headHeight < NAME_LINE + DETAIL_LINE + 8;
  return { oneLine, first: oneLine ? headHeight / 2 : (headHeight - DETAIL_LINE) / 2 - 1 };
}

function texts(drawing: Drawing, { item, open, width, headHeight }: PlacedItem): SvgElement[] {
  const { layout, palette, measure } = drawing;
  const { name, times, count, detail, share } = nodeText(item, layout.size, layout.network);
  const right = width - PADDING;
  const mark = problemMark(item, open, palette);
  const group = item.kind !== "layer";
  const left = PADDING + (group ? ARROW : 0) + (mark === undefined ? 0 : MARK + MARK_GAP);
  const { oneLine, first } = lines(headHeight);
  const end = oneLine && count === "" ? detail : count;
  const endFont = oneLine && count === "" ? "small" : "name";
  const suffix = times === "" ? "" : ` ${times}`;
  const room = right - left - (end === "" ? 0 : measure(end, endFont) + PADDING) - measure(suffix, "name");
  const at = (y: number, size: number): string => px(y + size * BASELINE);
  const write = (text: string, x: number, y: number, size: number, more: SvgElement["attributes"]): SvgElement =>
    element("text", { x, y: at(y, size), "font-size": size, ...more }, [text]);
  const atEnd = { "text-anchor": "end" };
  const drawn = [write(`${fit(name, room, "name", measure)}${suffix}`, left, first, NAME_SIZE, { fill: palette("text") })];
  if (end !== "") {
    const dim = endFont === "small" || count === "?";
    const size = endFont === "small" ? SMALL_SIZE : NAME_SIZE;
    drawn.push(write(end, right, first, size, { ...atEnd, fill: dim ? palette("dim") : palette("text"), class: "count" }));
  }
  if (!oneLine) {
    const second = first + (NAME_LINE + DETAIL_LINE) / 2;
    const shareRoom = share === "" ? 0 : measure(share, "small") + PADDING;
    const start = PADDING + (group ? ARROW : 0);
    const shown = fit(detail, right - start - shareRoom, "small", measure);
    drawn.push(write(shown, start, second, SMALL_SIZE, { fill: palette("dim") }));
    if (share !== "") drawn.push(write(share, right, second, SMALL_SIZE, { ...atEnd, fill: palette("dim") }));
  }
  if (mark !== undefined) drawn.push(move(mark, left - MARK - MARK_GAP, first - MARK / 2));
  return drawn;
}

/** Where the arrow that opens and closes a group stands, in its node. */
export function drawArrow({ open, headHeight }: PlacedItem, palette: Palette): SvgElement {
  const { first: y } = lines(headHeight);
  const d = open ? `M${px(PADDING - 1)} ${px(y - 2)}l4 4l4 -4` : `M${px(PADDING + 1)} ${px(y - 4)}l4 4l-4 4`;
  return element("g", { class: "arrow" }, [
    element("rect", { x: 0, y: 0, width: PADDING + ARROW - 2, height: headHeight, fill: "transparent" }),
    element("path", { d, fill: "none", stroke: palette("text"), "stroke-width": 1.2 }),
  ]);
}

/** Kinds of diagnostics differ by form: a disc, a triangle, a ring. */
function problemMark(item: Item, open: boolean, palette: Palette): SvgElement | undefined {
  const problem = open ? item.layer.problem : gravestProblem(item);
  if (problem === null) return undefined;
  const sign = (text: string, fill: string): SvgElement =>
    element("text", { x: MARK / 2, y: 11, "font-size": 10, "font-weight": "bold", "text-anchor": "middle", fill }, [text]);
  switch (problem.severity) {
    case "error":
      return element("g", { class: "problem" }, [
        element("circle", { cx: 7, cy: 7, r: 6.5, fill: palette("error") }),
        element("path", { d: "M4.5 4.5l5 5m0 -5l-5 5", stroke: palette("background"), "stroke-width": 1.4, fill: "none" }),
      ]);
    case "warning":
      return element("g", { class: "problem" }, [
        element("path", { d: "M7 0.5L13.8 13H0.2Z", fill: palette("warning") }),
        element("path", { d: "M7 4.6v4.2m0 1.4v1.4", stroke: palette("background"), "stroke-width": 1.5, fill: "none" }),
      ]);
    case "info":
      return element("g", { class: "problem" }, [
        element("circle", { cx: 7, cy: 7, r: 6, fill: "none", stroke: palette("info") }),
        sign("i", palette("info")),
      ]);
  }
}

function move(child: SvgElement, x: number, y: number): SvgElement {
  return element("g", { transform: `translate(${px(x)} ${px(y)})` }, [child]);
}

/** Cuts a text that has no room, between whole characters: half of one is no text that could be exported. */
export function fit(text: string, room: number, font: "name" | "small", measure: MeasureText): string {
  if (measure(text, font) <= room) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const cut = (length: number): string => `${characters.slice(0, length).join("")}…`;
  let [fits, tooLong] = [1, characters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (measure(cut(middle), font) <= room) fits = middle;
    else tooLong = middle;
  }
  return cut(fits);
}
