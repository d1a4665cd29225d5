import { type DataType, Tensor } from "@tensorflow/tfjs-core";
import { oneOf, positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, isShapeList, type Shape } from "../shape";
import { type CategoryMode, encodeCategories, encodedDtype, encodedShape } from "./categories";
import { asFloats } from "./inputs";

export interface CategoryEncodingOptions extends LayerOptions {
  /** Default `"multiHot"`: one row a sample with a 1 at each place that occurs. `"count"`: how often. `"oneHot"`: a row for each number. */
  outputMode?: Exclude<CategoryMode, "int"> | undefined;
}

/**
 * Whole numbers below `numTokens` as rows of zeros and ones. With `outputMode: "count"` it may be called on a list, `layer([numbers, weights])`:
 * each number then counts by its weight. https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/
 */
export class CategoryEncoding extends Layer {
  static override readonly mainArguments: readonly string[] = ["numTokens"];
  static override readonly optionNames = optionNames<CategoryEncodingOptions>({ outputMode: true });

  readonly numTokens: number;
  readonly outputMode: Exclude<CategoryMode, "int">;

  /** @throws ModelError unless `numTokens` is a positive whole number. */
  constructor(numTokens: number, options: CategoryEncodingOptions = {}) {
    super(options);
    this.numTokens = positiveInteger(this, "layers.categoryEncoding(numTokens)", numTokens);
    const form = "layers.categoryEncoding(numTokens, { outputMode })";
    this.outputMode = oneOf(this, form, options.outputMode ?? "multiHot", ["multiHot", "oneHot", "count"]);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Turns whole numbers into rows of zeros and ones, a place for each category.",
      formula: {
        oneHot: String.raw`y_{i,k} = [x_i = k]`,
        multiHot: String.raw`y_k = \max_i\,[x_i = k]`,
        count: String.raw`y_k = \sum_i\,[x_i = k]`,
      }[this.outputMode],
      source: "https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const [shape = [], ...weights] = isShapeList(inputShape) ? inputShape : [inputShape];
    if (weights.length > 1 || (weights.length === 1 && this.outputMode !== "count")) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name} takes whole numbers, and with outputMode: "count" a list of them and their weights; received ${weights.length + 1} inputs of shapes ${[shape, ...weights].map(formatShape).join(", ")}.`,
        this,
      );
    }
    return encodedShape(this, shape, this.numTokens, this.outputMode);
  }

  override computeOutputDtype(): DataType {
    return encodedDtype(this.outputMode);
  }

  override call(inputs: TensorInputs): Tensor {
    const [numbers, weights] = inputs instanceof Tensor ? [inputs] : inputs;
    return encodeCategories(numbers as Tensor, this.numTokens, this.outputMode, weights && asFloats(weights));
  }

  override flops(): number {
    return 0;
  }
}
