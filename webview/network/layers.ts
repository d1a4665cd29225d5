import type { LayerSummary, ModelSummary } from "../../src/protocol/analysis";

/** The layer of this name, in nested models too. */
export function findLayer(model: ModelSummary | null, name: string | null): LayerSummary | undefined {
  return model === null || name === null ? undefined : find(model.layers, name);
}

function find(layers: readonly LayerSummary[], name: string): LayerSummary | undefined {
  for (const layer of layers) {
    const found = layer.name === name ? layer : find(layer.layers ?? [], name);
    if (found !== undefined) return found;
  }
  return undefined;
}
