import { describe, expect, it } from "vitest";
import { escapeMarkdown, mathMarkdown } from "../../../../src/extension/math/picture";
import { typeset } from "../../../../src/extension/math/typeset";

const dense = String.raw`\underbrace{\overset{\text{inputs}}{28\cdot 28}\cdot 300}_{\text{kernel}} + 300 = 235{,}500`;

describe("typeset mathematics", () => {
  it("is a picture that stands alone, in the given colour and size", () => {
    const { svg, width, height } = typeset(dense, "#cccccc", 14);
    expect(svg).toMatch(/^<svg width="\d+" height="\d+" xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('fill="#cccccc"');
    expect(svg).not.toMatch(/style=|currentColor|<script|<foreignObject|href="[^#]/);
    expect(width).toBeGreaterThan(height);
    expect(typeset(dense, "#cccccc", 28).width).toBeCloseTo(2 * width, -1);
  });

  it("gives way to its words where the LaTeX is wrong or the picture too long", () => {
    const text = "28·28 inputs × 300 units";
    const [wrong, long] = [
      mathMarkdown({ tex: String.raw`\nonsense{`, text }, "#000", typeset, 1e6),
      mathMarkdown({ tex: dense, text }, "#000", typeset, 99),
    ];
    expect([wrong, long]).toEqual([escapeMarkdown(text), escapeMarkdown(text)]);
  });

  it("has its words as alternative text, and its size", () => {
    const markdown = mathMarkdown({ tex: dense, text: "a [b](command:c)" }, "#000", typeset, 1e6);
    expect(markdown).toMatch(/^!\[a b\(command:c\)\]\(data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+\|width=\d+,height=\d+\)$/);
  });
});
