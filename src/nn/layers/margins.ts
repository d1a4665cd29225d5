import { show } from "../arguments";
import { ModelError } from "../errors";
import type { Layer } from "../layer";
import type { SpatialRank } from "./spatial";

/** How many places before and after, in one spatial dimension. */
export type Margin = readonly [before: number, after: number];

/** One number for all sides; a number for each dimension; or a pair for each dimension. In one dimension a pair is `[before, after]`. */
export type Margins = number | readonly (number | readonly number[])[];

/** A pair for each spatial dimension. @throws ModelError for anything else. */
export function resolveMargins(layer: Layer, argument: string, margins: Margins, rank: SpatialRank): Margin[] {
  const perDimension =
    typeof margins === "number" ? Array.from({ length: rank }, () => margins) : rank === 1 ? [margins] : margins;
  const pairs = Array.isArray(perDimension) && perDimension.length === rank ? perDimension.map(asMargin) : [];
  const resolved = pairs.filter((pair) => pair !== undefined);
  if (resolved.length !== rank) {
    const forms = rank === 1 ? "or a pair [before, after]" : `${rank} of them, or ${rank} pairs [before, after]`;
    throw new ModelError(
      "invalid-argument",
      `${layer.name}: ${argument} takes a whole number of at least 0, ${forms}; received ${show(margins)}.`,
      layer,
    );
  }
  return resolved;
}

function asMargin(value: unknown): Margin | undefined {
  const pair: unknown[] = Array.isArray(value) ? value : [value, value];
  const [before, after] = pair;
  const valid = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0;
  return pair.length === 2 && valid(before) && valid(after) ? [before, after] : undefined;
}
