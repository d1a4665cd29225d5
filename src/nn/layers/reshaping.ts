import { type DataType, expandDims, reshape, type Tensor, tile, transpose } from "@tensorflow/tfjs-core";
import { invalidArgument, isPositiveInteger, oneOf, positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { type Dimension, formatShape, type Shape, sizeOf } from "../shape";
import { sameDtype, soleShape, soleTensor } from "./inputs";

abstract class ReshapingLayer extends Layer {
  override computeOutputDtype(inputDtypes: readonly DataType[]): DataType {
    return sameDtype(inputDtypes);
  }

  override flops(): number {
    return 0;
  }
}

export interface FlattenOptions extends LayerOptions {
  /** Where the channels stand. Default `"channelsLast"`. */
  dataFormat?: "channelsLast" | "channelsFirst" | undefined;
}

/** All values of a sample in one row. Input (batch, …), output (batch, product). https://keras.io/api/layers/reshaping_layers/flatten/ */
export class Flatten extends ReshapingLayer {
  static override readonly optionNames = optionNames<FlattenOptions>({ dataFormat: true });

  readonly dataFormat: "channelsLast" | "channelsFirst";

  constructor(options: FlattenOptions = {}) {
    super(options);
    this.dataFormat = oneOf(this, "layers.flatten({ dataFormat })", options.dataFormat ?? "channelsLast", [
      "channelsLast",
      "channelsFirst",
    ]);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Puts all values of a sample into one row, the last axis running fastest; nothing is computed.",
      formula: String.raw`y_{i w + j} = x_{ij}`,
      source: "https://keras.io/api/layers/reshaping_layers/flatten/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const [batch = null, ...sample] = soleShape(this, inputShape);
    return [batch, sizeOf(sample)];
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleTensor(inputs);
    const ordered = this.dataFormat === "channelsFirst" && x.rank > 2 ? transpose(x, [0, ...axesFrom(2, x.rank), 1]) : x;
    return reshape(ordered, [x.shape[0], sizeOf(x.shape.slice(1))]);
  }
}

/**
 * The same values in another shape. One size may be −1: it follows from the others.
 * https://keras.io/api/layers/reshaping_layers/reshape/
 */
export class Reshape extends ReshapingLayer {
  static override readonly mainArguments: readonly string[] = ["targetShape"];
  static override readonly optionNames = optionNames({});

  readonly targetShape: readonly number[];

  constructor(targetShape: readonly number[], options: LayerOptions = {}) {
    super(options);
    const given: unknown = targetShape;
    const valid = Array.isArray(given) && given.every((size) => size === -1 || isPositiveInteger(size));
    if (!valid || given.filter((size) => size === -1).length > 1) {
      const expected = "the new shape of one sample: a list of positive whole numbers, at most one of them −1";
      throw invalidArgument(this, "layers.reshape(targetShape)", expected, given);
    }
    this.targetShape = [...targetShape];
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Gives the values of a sample another shape, in the same order; nothing is computed.",
      formula: String.raw`\operatorname{vec}(y) = \operatorname{vec}(x)`,
      source: "https://keras.io/api/layers/reshaping_layers/reshape/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const [batch = null, ...sample] = soleShape(this, inputShape);
    return [batch, ...this.resolveTarget(sample)];
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleTensor(inputs);
    return reshape(x, [x.shape[0], ...(this.resolveTarget(x.shape.slice(1)) as number[])]);
  }

  private resolveTarget(sample: Shape): Dimension[] {
    const size = sizeOf(sample);
    const known = this.targetShape.filter((each) => each !== -1).reduce((product, each) => product * each, 1);
    const hasFree = this.targetShape.includes(-1);
    if (size !== null && (hasFree ? size % known !== 0 : size !== known)) {
      const target = hasFree ? `a multiple of ${known} values` : `${known} values`;
      throw new ModelError(
        "shape-mismatch",
        `${this.name} received samples of shape ${formatShape(sample)}, which hold ${size} values; its target shape (${this.targetShape.join(", ")}) holds ${target}.`,
        this,
      );
    }
    return this.targetShape.map((each) => (each !== -1 ? each : size === null ? null : size / known));
  }
}

/** Reorders a sample's axes; they are counted from 1. https://keras.io/api/layers/reshaping_layers/permute/ */
export class Permute extends ReshapingLayer {
  static override readonly mainArguments: readonly string[] = ["dims"];
  static override readonly optionNames = optionNames({});

  readonly dims: readonly number[];

  constructor(dims: readonly number[], options: LayerOptions = {}) {
    super(options);
    const given: unknown = dims;
    if (!Array.isArray(given) || given.length === 0 || given.some((_, index) => !given.includes(index + 1))) {
      throw invalidArgument(this, "layers.permute(dims)", "each axis once, counted from 1, such as [2, 1]", given);
    }
    this.dims = [...dims];
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Reorders the axes of a sample; nothing is computed.",
      formula: String.raw`y_{i_{d_1} i_{d_2} \dots} = x_{i_1 i_2 \dots}`,
      source: "https://keras.io/api/layers/reshaping_layers/permute/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    if (shape.length !== this.dims.length + 1) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name} reorders ${this.dims.length} axes; received samples of shape ${formatShape(shape.slice(1))}.`,
        this,
      );
    }
    return [shape[0] ?? null, ...this.dims.map((axis) => shape[axis] ?? null)];
  }

  override call(inputs: TensorInputs): Tensor {
    return transpose(soleTensor(inputs), [0, ...this.dims]);
  }
}

/** Repeats a row as time steps. Input (batch, features), output (batch, n, features). https://keras.io/api/layers/reshaping_layers/repeat_vector/ */
export class RepeatVector extends ReshapingLayer {
  static override readonly mainArguments: readonly string[] = ["n"];
  static override readonly optionNames = optionNames({});

  readonly n: number;

  constructor(n: number, options: LayerOptions = {}) {
    super(options);
    this.n = positiveInteger(this, "layers.repeatVector(n)", n);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Repeats each sample's row n times, as n equal time steps.",
      formula: String.raw`y_t = x,\ t = 1, \dots, ${this.n}`,
      source: "https://keras.io/api/layers/reshaping_layers/repeat_vector/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    const [batch = null, features = null] = shape;
    if (shape.length !== 2) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name} takes one row a sample; received ${formatShape(shape)}. Put layers.flatten() before it.`,
        this,
      );
    }
    return [batch, this.n, features];
  }

  override call(inputs: TensorInputs): Tensor {
    return tile(expandDims(soleTensor(inputs), 1), [1, this.n, 1]);
  }
}

function axesFrom(first: number, rank: number): number[] {
  return Array.from({ length: rank - first }, (_, index) => first + index);
}
