import { signal } from "@preact/signals";
import { runs } from "./store";

/** Okabe & Ito's palette, distinguishable with every kind of colour vision (https://jfly.uni-koeln.de/color/); black and yellow left out for contrast. */
const PALETTE = ["#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#0072B2"] as const;
/** The same hues, darker: at least 3 : 1 on a light background. */
const PALETTE_ON_LIGHT = ["#1F78B4", "#A66F00", "#007A58", "#A94F80", "#B84A00", "#005A8C"] as const;

/** Counts the theme's changes: what draws on a canvas reads it and draws anew. */
export const themeVersion = signal(0);

new MutationObserver(() => {
  themeVersion.value += 1;
}).observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-kind"] });

function onLight(): boolean {
  return document.body.classList.contains("vscode-light") || document.body.classList.contains("vscode-high-contrast-light");
}

/** Runs take the palette's colours in the order in which they began, so that neighbours differ and a run keeps its colour. */
export function runColor(run: string): string {
  const { length } = runs.value;
  const newestFirst = runs.value.findIndex((item) => item.run === run);
  const order = newestFirst === -1 ? length : length - 1 - newestFirst;
  const palette = onLight() ? PALETTE_ON_LIGHT : PALETTE;
  return palette[order % palette.length] ?? PALETTE[0];
}

/** The value of one of VS Code's theme colours, for canvases. */
export function themeColor(name: string, fallback: string): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--vscode-${name}`).trim();
  return value === "" ? fallback : value;
}
