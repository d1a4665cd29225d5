import { add, mul, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { invalidArgument } from "../arguments";
import { ModelError } from "../errors";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, type Shape } from "../shape";
import { sizesDiffer, soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

export interface RescalingOptions extends LayerOptions {
  /** Added after the multiplication: a number, or one for each place of the last axis. Default 0. */
  offset?: number | readonly number[] | undefined;
}

/**
 * Multiplies by a number and adds another: `rescaling(1 / 255)` brings bytes to the range from 0 to 1, `rescaling(1 / 127.5, { offset: -1 })`
 * to that from −1 to 1. https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/
 */
export class Rescaling extends ShapePreservingLayer {
  static override readonly mainArguments: readonly string[] = ["scale"];
  static override readonly optionNames = optionNames<RescalingOptions>({ offset: true });

  readonly scale: number | readonly number[];
  readonly offset: number | readonly number[];

  /** @param scale A number, or one for each place of the last axis. @throws ModelError for anything else. */
  constructor(scale: number | readonly number[], options: RescalingOptions = {}) {
    super(options);
    this.scale = this.factors("layers.rescaling(scale)", scale);
    this.offset = this.factors("layers.rescaling(scale, { offset })", options.offset ?? 0);
  }

  private factors(form: string, value: unknown): number | readonly number[] {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (list.length > 0 && list.every(Number.isFinite)) return value as number | readonly number[];
    throw invalidArgument(this, form, "a number, or one for each place of the last axis", value);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Multiplies every value by a fixed number and adds another, such as 1 / 255 for the bytes of an image.",
      formula: String.raw`y = s\,x + o`,
      source: "https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    for (const values of [this.scale, this.offset]) {
      if (typeof values !== "number" && values.length > 1 && sizesDiffer(values.length, shape.at(-1))) {
        throw new ModelError(
          "shape-mismatch",
          `${this.name} has ${values.length} numbers for the last axis; received an input of shape ${formatShape(shape)}.`,
          this,
        );
      }
    }
    return shape;
  }

  override computeOutputDtype(): "float32" {
    return "float32";
  }

  override call(inputs: TensorInputs): Tensor {
    const operand = (values: number | readonly number[]): Tensor | number =>
      typeof values === "number" ? values : tensor1d([...values]);
    return add(mul(soleFloats(inputs), operand(this.scale)), operand(this.offset));
  }
}
