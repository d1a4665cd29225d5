import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { soleTensor } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

/** Passes its input on: a placeholder, or a name for a place. https://keras.io/api/layers/core_layers/identity/ */
export class Identity extends ShapePreservingLayer {
  static override readonly optionNames = optionNames({});

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Passes its input on unchanged, with its mask.",
      formula: "y = x",
      source: "https://keras.io/api/layers/core_layers/identity/",
    };
  }

  override call(inputs: TensorInputs): Tensor {
    return soleTensor(inputs);
  }
}
