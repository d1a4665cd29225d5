import type { Layer } from "../../nn/layer";
import type { LayerDocumentation } from "../../protocol";

/** By formula: few layers share one and differ in the rest. */
const places = new Map<string, number[]>();
const entries: LayerDocumentation[] = [];

/** What the layers described since the last call teach about themselves. */
export function takeDocumentation(): LayerDocumentation[] {
  places.clear();
  return entries.splice(0);
}

/** The place of a layer's documentation in {@link takeDocumentation}; null where it has none, or its own code fails to give it. */
export function documentationIndex(layer: Layer): number | null {
  const documentation = documentationOf(layer);
  if (documentation === null) return null;
  const { formula, summary, source } = documentation;
  const known = places.get(formula) ?? [];
  const place = known.find((index) => entries[index]?.summary === summary && entries[index].source === source);
  if (place !== undefined) return place;
  places.set(formula, [...known, entries.length]);
  return entries.push(documentation) - 1;
}

function documentationOf(layer: Layer): LayerDocumentation | null {
  try {
    const { summary = "", formula = "", source = "" } = layer.documentation ?? {};
    if (summary === "" && formula === "" && source === "") return null;
    return [summary, formula, source].every((text) => typeof text === "string") ? { summary, formula, source } : null;
  } catch {
    return null;
  }
}
