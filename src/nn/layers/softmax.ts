import { fill, type Tensor, where, zerosLike } from "@tensorflow/tfjs-core";
import type { CallContext } from "../context";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { broadcastMask } from "../masks";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { softmaxOver } from "../softmaxOver";
import { resolveAxis, soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

/** What Keras puts in a masked place: its exponential is 0. */
const MASKED = -1e9;

export interface SoftmaxOptions extends LayerOptions {
  /** The axis whose values sum to 1. Default −1: the last. */
  axis?: number | undefined;
}

/** Positive outputs that sum to 1; masked places get 0. https://keras.io/api/layers/activation_layers/softmax/ */
export class Softmax extends ShapePreservingLayer {
  static override readonly optionNames = optionNames<SoftmaxOptions>({ axis: true });

  readonly axis: number;

  constructor(options: SoftmaxOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Turns values into probabilities: positive, and summing to 1 along an axis.",
      formula: String.raw`y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}`,
      source: "https://keras.io/api/layers/activation_layers/softmax/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    resolveAxis(this, this.axis, shape);
    return shape;
  }

  override computeOutputDtype(): "float32" {
    return "float32";
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    const x = soleFloats(inputs);
    const [mask] = context.masks;
    if (mask === undefined) return softmaxOver(x, this.axis);
    const counts = broadcastMask(mask, x);
    return where(counts, softmaxOver(where(counts, x, fill(x.shape, MASKED)), this.axis), zerosLike(x));
  }
}
