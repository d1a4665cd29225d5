import { formatCount, formatRoundedCount, UNKNOWN } from "../../src/format/numbers";
import type { Network, NetworkLayer, NodeSize } from "../../src/protocol/network";
import { type Item, ownLayers } from "./level";

/** What a node says about its size. */
export interface Measure {
  /** Null: unknown, or held back. */
  readonly value: number | null;
  readonly hidden: boolean;
  /** Of the whole model, from 0 to 1; null where it is not known. */
  readonly share: number | null;
}

export function measureItem(item: Item, size: NodeSize, network: Network): Measure {
  const layers = ownLayers(item);
  const value = sumOf(layers, size);
  const total = network[size];
  return {
    value,
    hidden: layers.some(({ hidden }) => hidden),
    share: value === null || total === null || total === 0 ? null : Math.min(1, value / total),
  };
}

/** The size against which nodes are drawn: the total, or, where that is not known, what is. As long as numbers are held back there is none. */
export function wholeOf({ layers, hidden, ...totals }: Network, size: NodeSize): number {
  return hidden ? 0 : (totals[size] ?? layers.reduce((sum, layer) => sum + (layer[size] ?? 0), 0));
}

function sumOf(layers: readonly NetworkLayer[], size: NodeSize): number | null {
  return layers.reduce<number | null>((sum, { [size]: value }) => (sum === null || value === null ? null : sum + value), 0);
}

const EXACT_BELOW = 1e9;

/** What stands in a node: `235,500`, `1.24G`; nothing for none. */
export function countText({ value }: Measure): string {
  if (value === null) return UNKNOWN;
  return value === 0 ? "" : value < EXACT_BELOW ? formatCount(value) : formatRoundedCount(value);
}

/** `88 %`; nothing below half a percent. */
export function shareText({ share }: Measure): string {
  return share !== null && share >= 0.005 ? `${Math.round(100 * share).toString()} %` : "";
}

export const SIZE_NAMES: Readonly<Record<NodeSize, string>> = { params: "parameters", flops: "FLOPs" };
