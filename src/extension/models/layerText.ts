import type { LayerSummary } from "../../protocol";
import { formatCount, formatShapes } from "./format";

/** How many different derivations a tooltip lists before it says how many there are. */
const LISTED = 4;

/** What stands beside a call: `→ (300) · 235,500`; for the layers of a loop their number, last shape and sum: `×60 → (100) · 626,000`. */
export function hintLabel(layers: readonly LayerSummary[]): string {
  const params = totalParams(layers);
  const times = layers.length > 1 ? `×${layers.length} ` : "";
  const count = params === 0 ? "" : ` · ${formatCount(params)}`;
  return `${times}→ ${formatShapes(layers.at(-1)?.outputShape ?? null)}${count}`;
}

/** The paragraphs of a hint's tooltip: what the layer is, what goes in and out, and how its parameters are counted. */
export function hintTooltip(layers: readonly LayerSummary[]): string[] {
  const [first] = layers;
  const last = layers.at(-1);
  if (first === undefined || last === undefined) return [];
  const names = first === last ? first.name : `${first.name} … ${last.name}`;
  const shapes = `${formatShapes(first.inputShape)} → ${formatShapes(last.outputShape)}`;
  const weights = first.weights.map(({ name, shape }) => `${name} (${shape.join(", ")})`).join(" · ");
  return [`${names} · ${first.type}`, shapes, ...derivations(layers), ...(weights === "" || layers.length > 1 ? [] : [weights])];
}

function derivations(layers: readonly LayerSummary[]): string[] {
  const times = new Map<string, number>();
  for (const { derivation } of layers) if (derivation !== null) times.set(derivation, (times.get(derivation) ?? 0) + 1);
  const lines = [...times].map(([derivation, count]) => (count > 1 ? `${count} × (${derivation})` : derivation));
  if (lines.length > LISTED) lines.splice(LISTED, lines.length, `… ${lines.length} different layers`);
  const total = totalParams(layers);
  return layers.length > 1 && total !== 0 ? [...lines, `together ${formatCount(total)}`] : lines;
}

function totalParams(layers: readonly LayerSummary[]): number | null {
  return layers.reduce<number | null>((sum, { params }) => (sum === null || params === null ? null : sum + params), 0);
}
