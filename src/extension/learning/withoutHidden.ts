import type { LayerSummary, ModelSummary } from "../../protocol";

/** What a layer weighs, and a model: nothing of it is told as long as a part is hidden. */
const UNTOLD = { params: null, trainable: null, nonTrainable: null, bytes: null, flops: null } as const;

/** Models as a learner may see them: what is still to be predicted is null, and so is every sum with such a part. */
export function withoutHidden(
  models: readonly ModelSummary[],
  isHidden: (layer: LayerSummary) => boolean,
): readonly ModelSummary[] {
  return models.map((model) => {
    const layers = model.layers.map((layer) => withoutHiddenParts(layer, isHidden));
    const isWhole = layers.every((layer, index) => layer === model.layers[index]);
    return isWhole ? model : { ...model, layers, totals: UNTOLD };
  });
}

function withoutHiddenParts(layer: LayerSummary, isHidden: (layer: LayerSummary) => boolean): LayerSummary {
  const layers = layer.layers?.map((part) => withoutHiddenParts(part, isHidden));
  const isWhole = layers === undefined || layers.every((part, index) => part === layer.layers?.[index]);
  if (isWhole && !isHidden(layer)) return layer;
  return { ...layer, ...UNTOLD, derivation: null, ...(layers === undefined ? {} : { layers }) };
}
