import { max, slice, stack, type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { soleFloats } from "./inputs";
import { transformAxis } from "./interpolation";
import {
  type DataFormat,
  dataFormatOf,
  joinShape,
  type PerDimension,
  perDimension,
  type SpatialRank,
  splitShape,
  withChannelsLast,
} from "./spatial";

export interface AdaptivePoolingOptions extends LayerOptions {
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
}

const adaptivePoolingOptionNames = { dataFormat: true } as const;

/** Pools as many windows as the output has places, whatever the input's size. Without weights. */
abstract class AdaptivePooling extends Layer {
  static override readonly mainArguments: readonly string[] = ["outputSize"];

  readonly outputSize: readonly number[];
  readonly dataFormat: DataFormat;

  constructor(
    readonly rank: SpatialRank,
    readonly mode: "max" | "average",
    outputSize: PerDimension,
    options: AdaptivePoolingOptions,
  ) {
    super(options);
    this.outputSize = perDimension(this, "outputSize", outputSize, rank);
    this.dataFormat = dataFormatOf(this, options.dataFormat);
  }

  override get documentation(): LayerDocumentation {
    const window = String.raw`\lfloor u n / m \rfloor \le i < \lceil (u + 1) n / m \rceil`;
    return {
      summary: "Pools the input into a fixed number of windows, so that inputs of any size give outputs of one size.",
      formula:
        this.mode === "max" ? String.raw`y_u = \max_{${window}} x_i` : String.raw`y_u = \operatorname*{mean}_{${window}} x_i`,
      source: `https://keras.io/api/layers/pooling_layers/adaptive_${this.mode}_pooling${this.rank}d/`,
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const parts = splitShape(this, inputShape, this.rank, this.dataFormat);
    return joinShape({ ...parts, spatial: this.outputSize }, this.dataFormat);
  }

  override call(inputs: TensorInputs): Tensor {
    const pool = this.mode === "max" ? greatest : mean;
    return withChannelsLast(soleFloats(inputs), this.dataFormat, (x) =>
      this.outputSize.reduce((pooled, size, axis) => pool(pooled, axis + 1, size), x),
    );
  }

  override flops(): number {
    return 0;
  }
}

function windows(size: number, count: number): { start: number; end: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    start: Math.floor((index * size) / count),
    end: Math.ceil(((index + 1) * size) / count),
  }));
}

function mean(x: Tensor, axis: number, count: number): Tensor {
  const size = x.shape[axis] ?? 0;
  const shares = new Float32Array(size * count);
  windows(size, count).forEach(({ start, end }, place) => {
    for (let index = start; index < end; index++) shares[index * count + place] = 1 / (end - start);
  });
  return transformAxis(x, axis, tensor2d(shares, [size, count]));
}

function greatest(x: Tensor, axis: number, count: number): Tensor {
  const pooled = windows(x.shape[axis] ?? 0, count).map(({ start, end }) => {
    const begin = x.shape.map((_, position) => (position === axis ? start : 0));
    const size = x.shape.map((length, position) => (position === axis ? end - start : length));
    return max(slice(x, begin, size), axis);
  });
  return stack(pooled, axis);
}

/** The mean of each of `outputSize` windows of a sequence. */
export class AdaptiveAveragePooling1D extends AdaptivePooling {
  static override readonly optionNames = optionNames<AdaptivePoolingOptions>(adaptivePoolingOptionNames);

  constructor(outputSize: PerDimension, options: AdaptivePoolingOptions = {}) {
    super(1, "average", outputSize, options);
  }
}

/** The mean of each of `outputSize` windows of an image. */
export class AdaptiveAveragePooling2D extends AdaptivePooling {
  static override readonly optionNames = optionNames<AdaptivePoolingOptions>(adaptivePoolingOptionNames);

  constructor(outputSize: PerDimension, options: AdaptivePoolingOptions = {}) {
    super(2, "average", outputSize, options);
  }
}

/** The mean of each of `outputSize` windows of a volume. */
export class AdaptiveAveragePooling3D extends AdaptivePooling {
  static override readonly optionNames = optionNames<AdaptivePoolingOptions>(adaptivePoolingOptionNames);

  constructor(outputSize: PerDimension, options: AdaptivePoolingOptions = {}) {
    super(3, "average", outputSize, options);
  }
}

/** The greatest value of each of `outputSize` windows of a sequence. */
export class AdaptiveMaxPooling1D extends AdaptivePooling {
  static override readonly optionNames = optionNames<AdaptivePoolingOptions>(adaptivePoolingOptionNames);

  constructor(outputSize: PerDimension, options: AdaptivePoolingOptions = {}) {
    super(1, "max", outputSize, options);
  }
}

/** The greatest value of each of `outputSize` windows of an image. */
export class AdaptiveMaxPooling2D extends AdaptivePooling {
  static override readonly optionNames = optionNames<AdaptivePoolingOptions>(adaptivePoolingOptionNames);

  constructor(outputSize: PerDimension, options: AdaptivePoolingOptions = {}) {
    super(2, "max", outputSize, options);
  }
}

/** The greatest value of each of `outputSize` windows of a volume. */
export class AdaptiveMaxPooling3D extends AdaptivePooling {
  static override readonly optionNames = optionNames<AdaptivePoolingOptions>(adaptivePoolingOptionNames);

  constructor(outputSize: PerDimension, options: AdaptivePoolingOptions = {}) {
    super(3, "max", outputSize, options);
  }
}
