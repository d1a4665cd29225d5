import { type MeasureText, NAME_SIZE, SMALL_SIZE } from "./sizes";

const context = document.createElement("canvas").getContext("2d");
const widths = new Map<string, number>();

/** Texts in the editor's font, as this page draws them. */
export const measureText: MeasureText = (text, size) => {
  const pixels = size === "name" ? NAME_SIZE : SMALL_SIZE;
  const font = `${pixels.toString()}px ${fontFamily()}`;
  const key = `${font}\n${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (context === null) return text.length * pixels * 0.6;
  context.font = font;
  const { width } = context.measureText(text);
  widths.set(key, width);
  return width;
};

export function fontFamily(): string {
  return getComputedStyle(document.body).fontFamily;
}
