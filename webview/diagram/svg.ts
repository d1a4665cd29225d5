/** An element of SVG, drawn on the page and written to files alike. */
export interface SvgElement {
  readonly tag: "g" | "rect" | "path" | "circle" | "text" | "title";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgElement | string)[];
}

export function element(
  tag: SvgElement["tag"],
  attributes: SvgElement["attributes"],
  children: SvgElement["children"] = [],
): SvgElement {
  return { tag, attributes, children };
}

/** A length as it is written: widths are those of texts, and not whole. */
export function px(value: number): string {
  return Number(value.toFixed(1)).toString();
}

export interface SvgDocument {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly SvgElement[];
}

/** A file of its own: XML with real text, and nothing that lies elsewhere. */
export function svgText({ width, height, title, attributes, children }: SvgDocument): string {
  const box = `0 0 ${width.toString()} ${height.toString()}`;
  const root = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: box, role: "img", ...attributes };
  const content = [element("title", {}, [title]), ...children].map((child) => elementText(child)).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg${attributesText(root)}>\n${content}\n</svg>\n`;
}

function elementText(child: SvgElement | string): string {
  if (typeof child === "string") return escapeXml(child);
  const { tag, attributes, children } = child;
  const start = `<${tag}${attributesText(attributes)}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.map(elementText).join("")}</${tag}>`;
}

function attributesText(attributes: SvgElement["attributes"]): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value.toString())}"`)
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Names are the user's: what XML 1.0 forbids is left out, and so is half a character, which no encoding has. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu, "")
    .replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
