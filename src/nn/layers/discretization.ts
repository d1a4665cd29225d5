import { cast, type DataType, expandDims, greaterEqual, sum, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { invalidArgument, oneOf, positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import type { Initializer } from "../initializers";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { type CategoryMode, encodeCategories, encodedDtype, encodedShape } from "./categories";
import { soleFloats, soleShape } from "./inputs";
import { quantileBoundaries } from "./quantiles";

export interface DiscretizationOptions extends LayerOptions {
  /** Where one bin ends and the next begins, ascending. A value on a boundary belongs to the bin above it. */
  binBoundaries?: readonly number[] | undefined;
  /** How many bins to make of the training data, equally full. In place of `binBoundaries`. */
  numBins?: number | undefined;
  /** How exactly the training data's quantiles are found: the share of values that may be off. Default 0.01. */
  epsilon?: number | undefined;
  /** Default `"int"`: the bin's number. */
  outputMode?: CategoryMode | undefined;
}

/**
 * The number of the bin that each value falls into. Boundaries that are not given are quantiles of what the layer receives of the training
 * data, found when training starts: Keras's `adapt`. https://keras.io/api/layers/preprocessing_layers/numerical/discretization/
 */
export class Discretization extends Layer {
  static override readonly optionNames = optionNames<DiscretizationOptions>({
    binBoundaries: true,
    numBins: true,
    epsilon: true,
    outputMode: true,
  });

  readonly binBoundaries: readonly number[] | undefined;
  readonly numBins: number;
  readonly epsilon: number;
  readonly outputMode: CategoryMode;
  private boundaries: Weight | undefined;

  /** @throws ModelError unless one of `binBoundaries` and `numBins` is given. */
  constructor(options: DiscretizationOptions = {}) {
    super(options);
    const { binBoundaries, numBins, epsilon = 0.01 } = options;
    if ((binBoundaries === undefined) === (numBins === undefined)) {
      throw new ModelError(
        "invalid-argument",
        `layers.discretization takes either binBoundaries, such as [0, 1, 2], or numBins, to find them in the training data; received ${binBoundaries === undefined ? "neither" : "both"}.`,
        this,
      );
    }
    const ascending = (values: readonly unknown[]): boolean =>
      values.every((value, index) => typeof value === "number" && (index === 0 || value > (values[index - 1] as number)));
    if (binBoundaries !== undefined && !(Array.isArray(binBoundaries) && ascending(binBoundaries))) {
      throw invalidArgument(this, "layers.discretization({ binBoundaries })", "a list of ascending numbers", binBoundaries);
    }
    this.binBoundaries = binBoundaries;
    const form = "layers.discretization({ numBins })";
    this.numBins = binBoundaries === undefined ? positiveInteger(this, form, numBins) : binBoundaries.length + 1;
    if (!(epsilon > 0 && epsilon < 1)) {
      throw invalidArgument(this, "layers.discretization({ epsilon })", "a number between 0 and 1", epsilon);
    }
    this.epsilon = epsilon;
    const modes: readonly CategoryMode[] = ["int", "oneHot", "multiHot", "count"];
    this.outputMode = oneOf(this, "layers.discretization({ outputMode })", options.outputMode ?? "int", modes);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Sorts values into bins and passes on the numbers of the bins.",
      formula: String.raw`y = \big|\{k : b_k \le x\}\big|`,
      source: "https://keras.io/api/layers/preprocessing_layers/numerical/discretization/",
    };
  }

  override build(): void {
    if (this.binBoundaries !== undefined) return;
    this.boundaries = this.addWeight("bin_boundaries", [this.numBins - 1], {
      initializer: this.quantiles,
      trainable: false,
      factors: [{ value: this.numBins - 1, name: "boundaries" }],
    });
  }

  private get quantiles(): Initializer {
    return {
      name: "quantiles",
      draw: (_shape, { sample }) => quantileBoundaries(sample(Infinity).x.values, this.numBins, this.epsilon),
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    return encodedShape(this, soleShape(this, inputShape), this.numBins, this.outputMode);
  }

  override computeOutputDtype(): DataType {
    return encodedDtype(this.outputMode);
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const boundaries = this.boundaries ?? tensor1d([...(this.binBoundaries ?? [])]);
    const bins = sum(cast(greaterEqual(expandDims(x, -1), boundaries), "int32"), -1);
    return encodeCategories(bins, this.numBins, this.outputMode);
  }

  override flops(): number {
    return 0;
  }
}
