import { cast, div, expandDims, max, mean, mul, sum, type Tensor } from "@tensorflow/tfjs-core";
import type { CallContext } from "../context";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { soleFloats } from "./inputs";
import { type DataFormat, dataFormatOf, joinShape, type SpatialRank, splitShape } from "./spatial";

export interface GlobalPoolingOptions extends LayerOptions {
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
  /** Keeps the spatial dimensions as 1; default `false`. */
  keepdims?: boolean | undefined;
}

const globalPoolingOptionNames = { dataFormat: true, keepdims: true } as const;

/** Pools all places of each channel into one value. Without weights. */
abstract class GlobalPooling extends Layer {
  readonly dataFormat: DataFormat;
  readonly keepdims: boolean;

  constructor(
    readonly rank: SpatialRank,
    readonly mode: "max" | "average",
    options: GlobalPoolingOptions,
  ) {
    super(options);
    this.dataFormat = dataFormatOf(this, options.dataFormat);
    this.keepdims = options.keepdims ?? false;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        this.mode === "max" ? "The largest value of each channel over all places." : "The mean of each channel over all places.",
      formula: this.mode === "max" ? String.raw`y_c = \max_u x_{u,c}` : String.raw`y_c = \frac{1}{n} \sum_{u=1}^{n} x_{u,c}`,
      source: `https://keras.io/api/layers/pooling_layers/global_${this.mode}_pooling${this.rank}d/`,
    };
  }

  private get spatialAxes(): number[] {
    return Array.from({ length: this.rank }, (_, axis) => axis + (this.dataFormat === "channelsLast" ? 1 : 2));
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    const x = soleFloats(inputs);
    const [mask] = context.masks;
    if (mask !== undefined && this.mode === "average" && this.rank === 1) return this.maskedMean(x, mask);
    const pool = this.mode === "max" ? max : mean;
    return pool(x, this.spatialAxes, this.keepdims);
  }

  private maskedMean(x: Tensor, mask: Tensor): Tensor {
    const weights = cast(expandDims(mask, this.dataFormat === "channelsLast" ? 2 : 1), "float32");
    return div(sum(mul(x, weights), this.spatialAxes, this.keepdims), sum(weights, this.spatialAxes, this.keepdims));
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { batch, spatial, channels } = splitShape(this, inputShape, this.rank, this.dataFormat);
    return this.keepdims ? joinShape({ batch, spatial: spatial.map(() => 1), channels }, this.dataFormat) : [batch, channels];
  }

  override flops(): number {
    return 0;
  }
}

/** The largest value of each channel of a sequence. */
export class GlobalMaxPooling1D extends GlobalPooling {
  static override readonly optionNames = optionNames<GlobalPoolingOptions>(globalPoolingOptionNames);

  constructor(options: GlobalPoolingOptions = {}) {
    super(1, "max", options);
  }
}

/** The largest value of each channel of an image. */
export class GlobalMaxPooling2D extends GlobalPooling {
  static override readonly optionNames = optionNames<GlobalPoolingOptions>(globalPoolingOptionNames);

  constructor(options: GlobalPoolingOptions = {}) {
    super(2, "max", options);
  }
}

/** The largest value of each channel of a volume. */
export class GlobalMaxPooling3D extends GlobalPooling {
  static override readonly optionNames = optionNames<GlobalPoolingOptions>(globalPoolingOptionNames);

  constructor(options: GlobalPoolingOptions = {}) {
    super(3, "max", options);
  }
}

/** The mean of each channel of a sequence; masked steps do not count. */
export class GlobalAveragePooling1D extends GlobalPooling {
  static override readonly optionNames = optionNames<GlobalPoolingOptions>(globalPoolingOptionNames);

  constructor(options: GlobalPoolingOptions = {}) {
    super(1, "average", options);
  }
}

/** The mean of each channel of an image. */
export class GlobalAveragePooling2D extends GlobalPooling {
  static override readonly optionNames = optionNames<GlobalPoolingOptions>(globalPoolingOptionNames);

  constructor(options: GlobalPoolingOptions = {}) {
    super(2, "average", options);
  }
}

/** The mean of each channel of a volume. */
export class GlobalAveragePooling3D extends GlobalPooling {
  static override readonly optionNames = optionNames<GlobalPoolingOptions>(globalPoolingOptionNames);

  constructor(options: GlobalPoolingOptions = {}) {
    super(3, "average", options);
  }
}
