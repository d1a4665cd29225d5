import { reshape, stack, type Tensor } from "@tensorflow/tfjs-core";
import { mainAndOptions, oneOf } from "../arguments";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { soleFloats } from "./inputs";
import { type Interpolation, INTERPOLATIONS, resizeAxis } from "./interpolation";
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

export interface UpSamplingOptions extends LayerOptions {
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
}

export interface UpSampling2DOptions extends UpSamplingOptions {
  /** Default `"nearest"`: pixels are repeated. The others interpolate between them, `"lanczos5"` by the most neighbours. */
  interpolation?: Interpolation | undefined;
}

/** Enlarges the spatial dimensions by whole factors. Without weights. */
export abstract class UpSampling extends Layer {
  static override readonly mainArguments: readonly string[] = ["size"];

  readonly size: readonly number[];
  readonly dataFormat: DataFormat;
  readonly interpolation: Interpolation;

  constructor(
    readonly rank: SpatialRank,
    size: PerDimension | UpSampling2DOptions | undefined,
    options: UpSampling2DOptions | undefined,
  ) {
    const { main = 2, options: given = {} } = mainAndOptions(size, options);
    super(given);
    this.size = perDimension(this, "size", main, rank);
    this.dataFormat = dataFormatOf(this, given.dataFormat);
    this.interpolation = oneOf(this, `${this.name}: interpolation`, given.interpolation ?? "nearest", INTERPOLATIONS);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Enlarges the input by repeating its values, or by interpolating between them.",
      formula:
        this.interpolation === "nearest"
          ? String.raw`y_u = x_{\lfloor u / s \rfloor}`
          : String.raw`y = A_h\, x\, A_w^{\mathsf T}`,
      source: `https://keras.io/api/layers/reshaping_layers/up_sampling${this.rank}d/`,
    };
  }

  override call(inputs: TensorInputs): Tensor {
    return withChannelsLast(soleFloats(inputs), this.dataFormat, (x) =>
      this.size.reduce((enlarged, factor, axis) => (factor === 1 ? enlarged : this.enlarge(enlarged, factor, axis + 1)), x),
    );
  }

  private enlarge(x: Tensor, factor: number, axis: number): Tensor {
    if (this.interpolation === "nearest") return repeat(x, factor, axis);
    return resizeAxis(x, axis, (x.shape[axis] ?? 0) * factor, this.interpolation);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { batch, spatial, channels } = splitShape(this, inputShape, this.rank, this.dataFormat);
    const enlarged = spatial.map((size, axis) => (size === null ? null : size * (this.size[axis] ?? 1)));
    return joinShape({ batch, spatial: enlarged, channels }, this.dataFormat);
  }

  override flops(): number {
    return 0;
  }
}

/** Every value `factor` times along `axis`. Stacking has a gradient for every rank; `tile` has not. */
function repeat(x: Tensor, factor: number, axis: number): Tensor {
  const copies = stack(
    Array.from({ length: factor }, () => x),
    axis + 1,
  );
  return reshape(copies, enlargedShape(x, factor, axis));
}

function enlargedShape(x: Tensor, factor: number, axis: number): number[] {
  return x.shape.map((size, position) => (position === axis ? size * factor : size));
}

/** Repeats each step of a sequence. */
export class UpSampling1D extends UpSampling {
  static override readonly optionNames = optionNames<UpSamplingOptions>({ dataFormat: true });

  /** @param size The factor; default 2. */
  constructor(size?: PerDimension | LayerOptions, options?: LayerOptions) {
    super(1, size, options);
  }
}

/** Enlarges images. */
export class UpSampling2D extends UpSampling {
  static override readonly optionNames = optionNames<UpSampling2DOptions>({ dataFormat: true, interpolation: true });

  /** @param size The factor, or one for height and one for width; default 2. */
  constructor(size?: PerDimension | UpSampling2DOptions, options?: UpSampling2DOptions) {
    super(2, size, options);
  }
}

/** Repeats the values of volumes. */
export class UpSampling3D extends UpSampling {
  static override readonly optionNames = optionNames<UpSamplingOptions>({ dataFormat: true });

  /** @param size The factor, or one for each of depth, height and width; default 2. */
  constructor(size?: PerDimension | UpSamplingOptions, options?: UpSamplingOptions) {
    super(3, size, options);
  }
}
