import type { Formula } from "./tex";
import type { MathPicture } from "./typeset";

/** In pixels: the size of a hover's text. */
const FONT_SIZE = 14;

export type Typeset = (tex: string, color: string, fontSize: number) => MathPicture;

/**
 * Mathematics in Markdown: a picture in one colour, its plain words for those who do not see it. Words alone where the LaTeX is wrong, or the
 * picture longer than `limit` characters.
 */
export function mathMarkdown({ tex, text }: Formula, color: string, typeset: Typeset, limit: number): string {
  const words = escapeMarkdown(text);
  try {
    const { svg, width, height } = typeset(tex, color, FONT_SIZE);
    const data = Buffer.from(svg).toString("base64");
    const picture = `![${alternativeText(text)}](data:image/svg+xml;base64,${data}|width=${width},height=${height})`;
    return picture.length > limit ? words : picture;
  } catch {
    return words;
  }
}

/** VS Code takes it as it stands. */
function alternativeText(text: string): string {
  return text.replace(/[\\[\]<>&"]/g, "");
}

/** Text that is read as text, whatever is in it. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&$:"']/g, "\\$&").replace(/\s+/g, " ");
}
