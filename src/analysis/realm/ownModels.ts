import { declarations } from "../../nn/declarations";
import { Functional, Model } from "../../nn/model";
import { Sequential } from "../../nn/sequential";
import type { Finding } from "../evaluation";
import { layerFrames } from "./frames";

/** Keras's models may be classes of one's own; here their layers could not be seen before data arrive. */
export function subclassedModels(): Finding[] {
  return declarations()
    .layers.filter((layer) => layer instanceof Model && !(layer instanceof Sequential || layer instanceof Functional))
    .map((model) => ({
      code: "invalid-argument",
      message: `${model.className} extends Model, and a model is no class of one's own here: it is declared, by sequential({ inputShape }, [layers…]) or model({ inputs, outputs }). Let the class extend Layer, and put it into a model: sequential({ inputShape: [28, 28] }, [layer(${model.className})()]).`,
      severity: "error",
      layerFrames: layerFrames(model),
      frames: [],
      inOwnLayer: false,
    }));
}
