import type { Layer } from "../../nn/layer";
import type { LayerDocumentation } from "../../protocol";

const places = new Map<string, number>();
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
  const key = `${documentation.formula}\n${documentation.summary}\n${documentation.source}`;
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, entries.length);
  return entries.push(documentation) - 1;
}

function documentationOf(layer: Layer): LayerDocumentation | null {
  try {
    const { summary = "", formula = "", source = "" } = layer.documentation ?? {};
    const texts = [summary, formula, source];
    if (texts.every((text) => text === "") || !texts.every((text) => typeof text === "string")) return null;
    return { summary, formula, source };
  } catch {
    return null;
  }
}
