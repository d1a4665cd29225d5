import { any, cast, expandDims, mul, notEqual, type Tensor } from "@tensorflow/tfjs-core";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { soleTensor } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

export interface MaskingOptions extends LayerOptions {
  /** Time steps all of whose features have this value are skipped. Default 0. */
  maskValue?: number | undefined;
}

/** Masks time steps of (batch, time, features) for the layers that follow. https://keras.io/api/layers/core_layers/masking/ */
export class Masking extends ShapePreservingLayer {
  static override readonly optionNames = optionNames<MaskingOptions>({ maskValue: true });

  readonly maskValue: number;

  constructor(options: MaskingOptions = {}) {
    super(options);
    this.maskValue = options.maskValue ?? 0;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Sets time steps whose features all have the mask value to zero and lets the following layers skip them.",
      formula: String.raw`y_t = \begin{cases} 0 & x_t = (${this.maskValue}, \dots, ${this.maskValue}) \\ x_t & \text{otherwise} \end{cases}`,
      source: "https://keras.io/api/layers/core_layers/masking/",
    };
  }

  override computeMask(inputs: TensorInputs): Tensor {
    return any(notEqual(soleTensor(inputs), this.maskValue), -1);
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleTensor(inputs);
    return mul(x, cast(expandDims(this.computeMask(x), -1), x.dtype));
  }
}
