import { formatCount, formatRoundedCount, formatShapes, UNKNOWN } from "../../format";
import type { LayerSummary } from "../../protocol";

/** How much a hint says. */
export type HintDetail = "full" | "compact";

/** What stands beside a call, in parts: the count may be asked for instead of shown. */
export interface HintLabel {
  readonly shape: string;
  /** Empty for layers without parameters. */
  readonly params: string;
}

type Layers = readonly [LayerSummary, ...LayerSummary[]];

/**
 * What comes out of the layers of a call, and how many parameters they have: `→ (300)` and `235,500`; for those of a loop their number, last shape
 * and sum: `×60 → (100)` and `626,000`. Compact: rounded counts, and shapes only where the layers change them.
 */
export function hintLabel(layers: Layers, detail: HintDetail): HintLabel {
  const [first] = layers;
  const last = layers.at(-1) ?? first;
  const times = layers.length > 1 ? `×${layers.length} ` : "";
  const params = totalParams(layers);
  const output = formatShapes(last.outputShape);
  if (detail === "full") return { shape: `${times}→ ${output}`, params: params === 0 ? "" : formatCount(params) };
  const shape = output === formatShapes(first.inputShape) ? times.trim() : `${times}→ ${output}`;
  return { shape, params: params === null ? UNKNOWN : params === 0 ? "" : formatRoundedCount(params) };
}

/** The layers of a call by name: `dense`, `dense … dense_59`. */
export function layerNames(layers: Layers): string {
  const [first] = layers;
  const last = layers.at(-1) ?? first;
  return first === last ? first.name : `${first.name} … ${last.name}`;
}

/** Of all layers that a call made; null where one is unknown. */
export function totalParams(layers: readonly LayerSummary[]): number | null {
  return totalOf(layers, ({ params }) => params);
}

/** A sum over layers; null where a part is unknown. */
export function totalOf(layers: readonly LayerSummary[], part: (layer: LayerSummary) => number | null): number | null {
  return layers.reduce<number | null>((sum, layer) => {
    const value = part(layer);
    return sum === null || value === null ? null : sum + value;
  }, 0);
}
