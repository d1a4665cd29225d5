import type { LiteElement } from "mathjax-full/js/adaptors/lite/Element.js";
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "mathjax-full/js/handlers/html.js";
import "mathjax-full/js/input/tex/ams/AmsConfiguration.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import { mathjax } from "mathjax-full/js/mathjax.js";
import { SVG } from "mathjax-full/js/output/svg.js";

/** A picture of mathematics; sizes in pixels. */
export interface MathPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const UNITS_PER_EM = 1000;
const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const html = mathjax.document("", {
  InputJax: new TeX({
    packages: ["base", "ams"],
    formatError: (_: unknown, error: Error) => {
      throw error;
    },
  }),
  OutputJax: new SVG({ fontCache: "local" }),
});

/**
 * Typesets LaTeX as a picture that stands alone: one colour, no styles, no scripts, no references to anything outside.
 *
 * @param fontSize In pixels.
 * @throws Error where the LaTeX is wrong.
 */
export function typeset(tex: string, color: string, fontSize: number): MathPicture {
  const svg = adaptor.innerHTML(html.convert(tex, { display: true }) as LiteElement);
  const [, , unitsWide = 0, unitsHigh = 0] = /viewBox="([^"]+)"/.exec(svg)?.[1]?.split(" ").map(Number) ?? [];
  const pixels = (units: number): number => Math.ceil((units / UNITS_PER_EM) * fontSize);
  const [width, height] = [pixels(unitsWide), pixels(unitsHigh)];
  const size = ` width="${width}" height="${height}"`;
  return { svg: standAlone(svg).replace(/^<svg/, `<svg${size}`).replaceAll("currentColor", color), width, height };
}

/** Inline styles would be refused, and everything that describes instead of drawing makes the picture long. */
function standAlone(svg: string): string {
  const drawn = svg
    .replace(/^<svg[^>]*>/, (opening) => opening.replace(/ (style|width|height|role|focusable|xmlns:xlink)="[^"]*"/g, ""))
    .replace(/ style="font-family: ([^";]+);?"/g, ' font-family="$1"')
    .replace(/ (style|data-[a-z-]+)="[^"]*"/g, "")
    .replace(/MJX-\d+-TEX-/g, "")
    .replaceAll("xlink:href", "href")
    .replace(/><\/(use|path|rect)>/g, "/>");
  return withoutEmptyGroups(drawn);
}

/** Groups that neither move nor paint their contents draw nothing of their own. */
function withoutEmptyGroups(svg: string): string {
  const kept: boolean[] = [];
  return svg.replace(/<(\/?)g( [^>]*)?>/g, (tag, closing: string, attributes: string | undefined) => {
    if (closing !== "") return kept.pop() === true ? tag : "";
    kept.push(attributes !== undefined);
    return attributes === undefined ? "" : tag;
  });
}
