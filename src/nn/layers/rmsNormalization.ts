import { add, mean, mul, reshape, rsqrt, square, type Tensor } from "@tensorflow/tfjs-core";
import { numberFrom } from "../arguments";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { expectBuiltSize, knownDimension, resolveAxes, soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";
import { presentTerms } from "./presentTerms";

export interface RMSNormalizationOptions extends LayerOptions {
  /** The axis or axes over which each sample is normalized. Default −1: the last. */
  axis?: number | readonly number[] | undefined;
  /** Added to the mean square, so that nothing is divided by 0. Default 1e-6. */
  epsilon?: number | undefined;
}

/**
 * Divides each sample by the root of its mean square, without centring it (Zhang & Sennrich 2019, https://arxiv.org/abs/1910.07467).
 * https://keras.io/api/layers/normalization_layers/rms_normalization/
 */
export class RMSNormalization extends ShapePreservingLayer {
  static override readonly optionNames = optionNames<RMSNormalizationOptions>({ axis: true, epsilon: true });

  readonly axis: number | readonly number[];
  readonly epsilon: number;
  scale!: Weight;

  constructor(options: RMSNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
    this.epsilon = numberFrom(this, "layers.rmsNormalization({ epsilon })", options.epsilon ?? 1e-6, 0);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Divides each sample by its root mean square over the features, then applies a learned scale; cheaper than layer normalization.",
      formula: presentTerms(this, String.raw`y = \gamma\,\frac{x}{\sqrt{\operatorname{mean}(x^2) + \epsilon}}`),
      source: "https://keras.io/api/layers/normalization_layers/rms_normalization/",
    };
  }

  /** The mask ends here, as in Keras. */
  override get supportsMasking(): boolean {
    return false;
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const shape = soleShape(this, inputShape);
    const axes = resolveAxes(this, this.axis, shape);
    const factors = axes.map((axis) => ({
      value: knownDimension(this, shape, axis),
      name: axes.length === 1 ? "features" : `axis ${axis}`,
    }));
    const sizes = factors.map(({ value }) => value);
    this.scale = this.addWeight("scale", sizes, { initializer: "ones", factors });
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    resolveAxes(this, this.axis, shape).forEach((axis, index) => {
      const received = knownDimension(this, shape, axis);
      expectBuiltSize(this, "features", this.scale.shape[index] ?? received, received, shape);
    });
    return shape;
  }

  override computeOutputDtype(): "float32" {
    return "float32";
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const axes = resolveAxes(this, this.axis, x.shape);
    const inverse = rsqrt(add(mean(square(x), axes, true), this.epsilon));
    const broadcast = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    return mul(mul(x, inverse), reshape(this.scale, broadcast));
  }
}
