import type { Layer } from "./layer";
import type { Weight } from "./weight";

const GROUPED = new Intl.NumberFormat("en-US");

/** What has no thousands needs no formatter, which takes long. */
function grouped(count: number): string {
  return count < 1_000 ? String(count) : GROUPED.format(count);
}

export function countParameters(weights: readonly Weight[]): number {
  return weights.reduce((sum, weight) => sum + weight.size, 0);
}

/** `784·300 + 300 = 235,500`; `0` for a layer without weights; `null` before the layer's weights are known. */
export function deriveParameterCount(layer: Layer, weights: readonly Weight[] = layer.weights): string | null {
  if (!layer.built) return null;
  if (weights.length === 0) return "0";
  const terms = weights.map((weight) => weight.spec.factors.map((factor) => grouped(factor.value)).join("·") || "1");
  const total = grouped(countParameters(weights));
  return terms.length === 1 && terms[0] === total ? total : `${terms.join(" + ")} = ${total}`;
}
