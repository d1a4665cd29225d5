import { any, cast, concat, onesLike, type Tensor } from "@tensorflow/tfjs-core";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { broadcastMask } from "../masks";
import { optionNames } from "../optionNames";
import { type Dimension, formatShape, type Shape } from "../shape";
import { resolveAxis } from "./inputs";
import { whySizesDiffer } from "./mapSizes";
import { floatInputs, MergeLayer } from "./mergeLayer";

export interface ConcatenateOptions extends LayerOptions {
  /** The axis along which the inputs are joined; their other sizes are equal. Default −1: the last. */
  axis?: number | undefined;
}

/** Joins its inputs along an axis. https://keras.io/api/layers/merging_layers/concatenate/ */
export class Concatenate extends MergeLayer {
  static override readonly optionNames = optionNames<ConcatenateOptions>({ axis: true });

  readonly axis: number;

  constructor(options: ConcatenateOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Joins its inputs along an axis, one after the other; nothing is computed.",
      formula: String.raw`y = [x_1, x_2, \dots]`,
      source: "https://keras.io/api/layers/merging_layers/concatenate/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shapes = this.inputShapes(inputShape);
    const [first = []] = shapes;
    const joined = resolveAxis(this, this.axis, first);
    return first.map((_, axis) => {
      const sizes = shapes.map((shape) => shape[axis] ?? null);
      if (axis === joined) return sizes.reduce((sum, size): Dimension => (sum === null || size === null ? null : sum + size));
      const known = sizes.filter((size) => size !== null);
      if (new Set(known).size > 1 || shapes.some((shape) => shape.length !== first.length)) {
        throw this.mismatch(
          `${this.name} joins inputs along axis ${joined}, and their other sizes must be equal; received ${shapes.map(formatShape).join(" and ")}.${whySizesDiffer(this, shapes, joined)}`,
        );
      }
      return known[0] ?? null;
    });
  }

  override computeMask(inputs: TensorInputs, masks: readonly (Tensor | undefined)[]): Tensor | undefined {
    if (masks.every((mask) => mask === undefined)) return undefined;
    const full = floatInputs(inputs).map((tensor, index) => {
      const mask = masks[index];
      return mask === undefined ? cast(onesLike(tensor), "bool") : broadcastMask(mask, tensor);
    });
    return any(concat(full, this.positiveAxis(full)), -1);
  }

  override call(inputs: TensorInputs): Tensor {
    const tensors = floatInputs(inputs);
    return concat(tensors, this.positiveAxis(tensors));
  }

  override flops(): number {
    return 0;
  }

  private positiveAxis([first]: readonly Tensor[]): number {
    return this.axis < 0 ? this.axis + (first?.rank ?? 0) : this.axis;
  }
}
