import {
  avgPool,
  avgPool3d,
  maxPool,
  maxPool3d,
  mul,
  pad,
  type Rank,
  reshape,
  tensor,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
} from "@tensorflow/tfjs-core";
import { mainAndOptions, oneOf } from "../arguments";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { soleFloats } from "./inputs";
import {
  type DataFormat,
  dataFormatOf,
  joinShape,
  type Padding,
  type PerDimension,
  perDimension,
  type SpatialRank,
  splitShape,
  type Window,
  windowPlaces,
  withChannelsLast,
} from "./spatial";

export interface PoolingOptions extends LayerOptions {
  /** The step of the window; default: its size, so that windows do not overlap. */
  strides?: PerDimension | undefined;
  /** Default `"valid"`: a rest that does not fill a window is left out. */
  padding?: Padding | undefined;
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
}

const poolingOptionNames = { strides: true, padding: true, dataFormat: true } as const;

const PADDINGS: readonly Padding[] = ["valid", "same"];

/** Pools windows of each channel. Without weights. */
export abstract class Pooling extends Layer {
  static override readonly mainArguments: readonly string[] = ["poolSize"];

  readonly window: Window & { readonly padding: Padding };
  readonly dataFormat: DataFormat;

  constructor(
    readonly rank: SpatialRank,
    readonly mode: "max" | "average",
    poolSize: PerDimension | PoolingOptions | undefined,
    options: PoolingOptions | undefined,
  ) {
    const { main = 2, options: given = {} } = mainAndOptions(poolSize, options);
    super(given);
    this.window = {
      size: perDimension(this, "poolSize", main, rank),
      strides: perDimension(this, "strides", given.strides ?? main, rank),
      dilationRate: Array.from({ length: rank }, () => 1),
      padding: oneOf(this, `${this.name}: padding`, given.padding ?? "valid", PADDINGS),
    };
    this.dataFormat = dataFormatOf(this, given.dataFormat);
  }

  override get documentation(): LayerDocumentation {
    const kind = this.mode === "max" ? "max" : "average";
    return {
      summary:
        this.mode === "max"
          ? "Keeps the largest value of each window: a smaller map that shifts matter less to."
          : "Replaces each window by its mean: a smaller, smoother map.",
      formula:
        this.mode === "max"
          ? String.raw`y_{u,c} = \max_{i} x_{s u + i,\, c}`
          : String.raw`y_{u,c} = \frac{1}{|W|} \sum_{i \in W} x_{s u + i,\, c}`,
      source: `https://keras.io/api/layers/pooling_layers/${kind}_pooling${this.rank}d/`,
    };
  }

  override call(inputs: TensorInputs): Tensor {
    return withChannelsLast(soleFloats(inputs), this.dataFormat, (x) => this.pool(x));
  }

  private pool(x: Tensor): Tensor {
    const averagesEdges = this.mode === "average" && this.window.padding === "same";
    return averagesEdges
      ? averageWithEdges(x, this.window, (padded) => this.poolPlain(padded, "valid"))
      : this.poolPlain(x, this.window.padding);
  }

  private poolPlain(x: Tensor, padding: Padding): Tensor {
    const { size, strides } = this.window;
    const [first = 1, second = 1, third = 1] = size;
    const [row = 1, column = 1, layer = 1] = strides;
    if (x.rank === 5) {
      const pool3d = this.mode === "max" ? maxPool3d : avgPool3d;
      return pool3d(x as Tensor5D, [first, second, third], [row, column, layer], padding);
    }
    const pool2d = this.mode === "max" ? maxPool : avgPool;
    if (x.rank === 4) return pool2d(x as Tensor4D, [first, second], [row, column], padding);
    const [batch = 0, steps = 0, channels = 0] = x.shape;
    const pooled = pool2d(reshape<Rank.R4>(x, [batch, steps, 1, channels]), [first, 1], [row, 1], padding);
    return reshape(pooled, [batch, pooled.shape[1], channels]);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { batch, spatial, channels } = splitShape(this, inputShape, this.rank, this.dataFormat);
    return joinShape({ batch, spatial: windowPlaces(this, spatial, this.window), channels }, this.dataFormat);
  }

  override flops(): number {
    return 0;
  }
}

/**
 * Averages with padding "same": zeros are added, and windows that stick out are divided by the number of places inside. tfjs's own
 * operation does so too, but its gradient on the CPU divides by the whole window's size.
 */
function averageWithEdges(x: Tensor, window: Window, pool: (padded: Tensor) => Tensor): Tensor {
  const edges = window.size.map((size, axis) => edgesOf(x.shape[axis + 1] ?? 0, size, window.strides[axis] ?? 1));
  const padded = pad(x, [[0, 0], ...edges.map(({ margin }) => margin), [0, 0]]);
  return edges.reduce((average, { scales }, axis) => {
    const shape = average.shape.map((_, position) => (position === axis + 1 ? scales.length : 1));
    return mul(average, tensor(scales, shape));
  }, pool(padded));
}

/** For one dimension: the zeros that TensorFlow's "same" adds, and the window's size relative to what lies inside, for each place. */
function edgesOf(length: number, size: number, stride: number): { margin: [number, number]; scales: number[] } {
  const places = Math.ceil(length / stride);
  const total = Math.max((places - 1) * stride + size - length, 0);
  const before = Math.floor(total / 2);
  const scales = Array.from({ length: places }, (_, place) => {
    const start = place * stride - before;
    return size / (Math.min(start + size, length) - Math.max(start, 0));
  });
  return { margin: [before, total - before], scales };
}

/** The largest value of each window of a sequence. */
export class MaxPooling1D extends Pooling {
  static override readonly optionNames = optionNames<PoolingOptions>(poolingOptionNames);

  constructor(poolSize?: PerDimension | PoolingOptions, options?: PoolingOptions) {
    super(1, "max", poolSize, options);
  }
}

/** The largest value of each window of an image. */
export class MaxPooling2D extends Pooling {
  static override readonly optionNames = optionNames<PoolingOptions>(poolingOptionNames);

  constructor(poolSize?: PerDimension | PoolingOptions, options?: PoolingOptions) {
    super(2, "max", poolSize, options);
  }
}

/** The largest value of each window of a volume. */
export class MaxPooling3D extends Pooling {
  static override readonly optionNames = optionNames<PoolingOptions>(poolingOptionNames);

  constructor(poolSize?: PerDimension | PoolingOptions, options?: PoolingOptions) {
    super(3, "max", poolSize, options);
  }
}

/** The mean of each window of a sequence. */
export class AveragePooling1D extends Pooling {
  static override readonly optionNames = optionNames<PoolingOptions>(poolingOptionNames);

  constructor(poolSize?: PerDimension | PoolingOptions, options?: PoolingOptions) {
    super(1, "average", poolSize, options);
  }
}

/** The mean of each window of an image. */
export class AveragePooling2D extends Pooling {
  static override readonly optionNames = optionNames<PoolingOptions>(poolingOptionNames);

  constructor(poolSize?: PerDimension | PoolingOptions, options?: PoolingOptions) {
    super(2, "average", poolSize, options);
  }
}

/** The mean of each window of a volume. */
export class AveragePooling3D extends Pooling {
  static override readonly optionNames = optionNames<PoolingOptions>(poolingOptionNames);

  constructor(poolSize?: PerDimension | PoolingOptions, options?: PoolingOptions) {
    super(3, "average", poolSize, options);
  }
}
