import { maximum, mul, rsqrt, square, sum, type Tensor } from "@tensorflow/tfjs-core";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { resolveAxes, soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

/** The square of the shortest length by which Keras divides: a zero vector stays one. */
const SHORTEST_SQUARED = 1e-24;

export interface UnitNormalizationOptions extends LayerOptions {
  /** The axis or axes along which each sample gets length 1. Default −1: the last. */
  axis?: number | readonly number[] | undefined;
}

/** Divides each sample by its Euclidean length. https://keras.io/api/layers/normalization_layers/unit_normalization/ */
export class UnitNormalization extends ShapePreservingLayer {
  static override readonly optionNames = optionNames<UnitNormalizationOptions>({ axis: true });

  readonly axis: number | readonly number[];

  constructor(options: UnitNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Divides each sample by its length, so that the squares of its values sum to 1.",
      formula: String.raw`y = \frac{x}{\lVert x \rVert_2}`,
      source: "https://keras.io/api/layers/normalization_layers/unit_normalization/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    resolveAxes(this, this.axis, shape);
    return shape;
  }

  override computeOutputDtype(): "float32" {
    return "float32";
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const lengthSquared = sum(square(x), resolveAxes(this, this.axis, x.shape), true);
    return mul(x, rsqrt(maximum(lengthSquared, SHORTEST_SQUARED)));
  }
}
