import { moments, type Tensor } from "@tensorflow/tfjs-core";
import type { LayerDocumentation, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { BaseNormalization, normalizationOptionNames, type NormalizationOptions } from "./baseNormalization";
import { resolveAxes, soleFloats } from "./inputs";
import { presentTerms } from "./presentTerms";

export interface LayerNormalizationOptions extends NormalizationOptions {
  /** The axis or axes over which each sample is normalized. Default −1: the last. */
  axis?: number | readonly number[] | undefined;
}

/**
 * Normalizes each sample over its features (Ba et al. 2016, https://arxiv.org/abs/1607.06450).
 * https://keras.io/api/layers/normalization_layers/layer_normalization/
 */
export class LayerNormalization extends BaseNormalization {
  static override readonly optionNames = optionNames<LayerNormalizationOptions>({ ...normalizationOptionNames, axis: true });

  readonly axis: number | readonly number[];

  constructor(options: LayerNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Gives each sample mean 0 and variance 1 over its features, then a learned scale and offset.",
      formula: presentTerms(this, String.raw`y = \gamma\,\frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta`),
      source: "https://keras.io/api/layers/normalization_layers/layer_normalization/",
    };
  }

  protected resolveAxes(shape: Shape): number[] {
    return resolveAxes(this, this.axis, shape);
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const { mean, variance } = moments(x, [...this.axes], true);
    return this.normalize(x, mean, variance);
  }
}
