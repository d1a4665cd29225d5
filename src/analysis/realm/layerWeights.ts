import type { Layer } from "../../nn/layer";
import { Model } from "../../nn/model";
import type { Weight } from "../../nn/weight";

export interface LayerWeights {
  /** Whether every weight is declared: the layer and all that it holds were built. */
  readonly known: boolean;
  readonly all: readonly Weight[];
  readonly trainable: ReadonlySet<Weight>;
}

const known = new WeakMap<Layer, LayerWeights>();

/** A layer's weights, looked up once: a layer finds them by walking through everything that it holds. */
export function weightsOf(layer: Layer): LayerWeights {
  const weights = known.get(layer) ?? (layer instanceof Model ? modelWeights(layer) : ownWeights(layer));
  known.set(layer, weights);
  return weights;
}

function ownWeights(layer: Layer): LayerWeights {
  const all = layer.weights;
  return { known: layer.built, all, trainable: new Set(all.length === 0 ? [] : layer.trainableWeights) };
}

function modelWeights(model: Model): LayerWeights {
  const parts = model.layers.map(weightsOf);
  return {
    known: model.built && parts.every((part) => part.known),
    all: [...new Set(parts.flatMap(({ all }) => all))],
    trainable: new Set(model.trainable ? parts.flatMap(({ trainable }) => [...trainable]) : []),
  };
}
