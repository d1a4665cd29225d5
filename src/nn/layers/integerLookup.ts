import {
  add,
  cast,
  type DataType,
  equal,
  expandDims,
  mul,
  range,
  sub,
  sum,
  type Tensor,
  tensor1d,
  where,
} from "@tensorflow/tfjs-core";
import { invalidArgument, oneOf } from "../arguments";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { type CategoryMode, encodeCategories, encodedDtype, encodedShape } from "./categories";
import { soleShape, soleTensor } from "./inputs";

export interface IntegerLookupOptions extends LayerOptions {
  /** The whole numbers that have a place, in the order of their places. */
  vocabulary?: readonly number[] | undefined;
  /** A number that stands for padding; its place is 0. Default: none. */
  maskToken?: number | undefined;
  /** 1: numbers out of the vocabulary share a place before it; 0: they have none. Default 1. */
  numOovIndices?: number | undefined;
  /** What `invert` makes of the place of numbers out of the vocabulary. Default −1. */
  oovToken?: number | undefined;
  /** Turns places back into numbers; with `outputMode: "int"`. Default `false`. */
  invert?: boolean | undefined;
  /** Default `"int"`: the number's place. */
  outputMode?: CategoryMode | undefined;
}

/** Looks up the places of whole numbers in a vocabulary. https://keras.io/api/layers/preprocessing_layers/categorical/integer_lookup/ */
export class IntegerLookup extends Layer {
  static override readonly optionNames = optionNames<IntegerLookupOptions>({
    vocabulary: true,
    maskToken: true,
    numOovIndices: true,
    oovToken: true,
    invert: true,
    outputMode: true,
  });

  readonly vocabulary: readonly number[];
  readonly maskToken: number | undefined;
  readonly numOovIndices: number;
  readonly oovToken: number;
  readonly invert: boolean;
  readonly outputMode: CategoryMode;

  /** @throws ModelError unless the vocabulary is a list of different whole numbers. */
  constructor(options: IntegerLookupOptions = {}) {
    super(options);
    const { vocabulary, numOovIndices = 1 } = options;
    const form = "layers.integerLookup({ vocabulary })";
    if (!Array.isArray(vocabulary) || !vocabulary.every(Number.isSafeInteger) || new Set(vocabulary).size < vocabulary.length) {
      throw invalidArgument(this, form, "a list of different whole numbers", vocabulary);
    }
    this.vocabulary = vocabulary as readonly number[];
    if (numOovIndices !== 0 && numOovIndices !== 1) {
      throw invalidArgument(this, "layers.integerLookup({ numOovIndices })", "0 or 1", numOovIndices);
    }
    this.numOovIndices = numOovIndices;
    this.maskToken = options.maskToken;
    this.oovToken = options.oovToken ?? -1;
    this.invert = options.invert ?? false;
    const modes: readonly CategoryMode[] = this.invert ? ["int"] : ["int", "oneHot", "multiHot", "count"];
    this.outputMode = oneOf(this, "layers.integerLookup({ outputMode })", options.outputMode ?? "int", modes);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Turns whole numbers into their places in a vocabulary, or places back into numbers.",
      formula: this.invert ? String.raw`y = v_x` : String.raw`y = k,\ v_k = x`,
      source: "https://keras.io/api/layers/preprocessing_layers/categorical/integer_lookup/",
    };
  }

  /** The places before the vocabulary. */
  private get reserved(): number {
    return this.firstOov + this.numOovIndices;
  }

  /** Padding counts among the places of `"int"` alone. */
  private get firstOov(): number {
    return this.maskToken !== undefined && this.outputMode === "int" ? 1 : 0;
  }

  private get depth(): number {
    return this.reserved + this.vocabulary.length;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    return encodedShape(this, soleShape(this, inputShape), this.depth, this.outputMode);
  }

  override computeOutputDtype(): DataType {
    return encodedDtype(this.outputMode);
  }

  override call(inputs: TensorInputs): Tensor {
    const x = cast(soleTensor(inputs), "int32");
    return this.invert ? this.numbers(x) : encodeCategories(this.places(x), this.depth, this.outputMode);
  }

  private places(x: Tensor): Tensor {
    const known = range(this.reserved, this.depth, 1, "int32");
    const place = this.lookUp(x, tensor1d([...this.vocabulary], "int32"), known, this.numOovIndices === 0 ? -1 : this.firstOov);
    if (this.maskToken === undefined) return place;
    // Padding has no place among the rows of other modes.
    return where(equal(x, this.maskToken), this.outputMode === "int" ? 0 : -1, place);
  }

  private numbers(x: Tensor): Tensor {
    const places = range(this.reserved, this.depth, 1, "int32");
    const found = this.lookUp(x, places, tensor1d([...this.vocabulary], "int32"), this.oovToken);
    return this.maskToken === undefined ? found : where(equal(x, 0), this.maskToken, found);
  }

  /** The value beside the key that equals `x`; `otherwise` where none does. */
  private lookUp(x: Tensor, keys: Tensor, values: Tensor, otherwise: number): Tensor {
    const matches = cast(equal(expandDims(x, -1), keys), "int32");
    return add(sum(mul(matches, sub(values, otherwise)), -1), otherwise);
  }

  override flops(): number {
    return 0;
  }
}
