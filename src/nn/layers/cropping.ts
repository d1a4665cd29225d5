import { slice, type Tensor } from "@tensorflow/tfjs-core";
import { mainAndOptions } from "../arguments";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, type Shape } from "../shape";
import { soleFloats } from "./inputs";
import { type Margin, type Margins, resolveMargins } from "./margins";
import { type DataFormat, dataFormatOf, joinShape, type SpatialRank, splitShape } from "./spatial";

export interface CroppingOptions extends LayerOptions {
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
}

/** Cuts places off the ends of the spatial dimensions. Without weights. */
abstract class Cropping extends Layer {
  static override readonly mainArguments: readonly string[] = ["cropping"];

  readonly cropping: readonly Margin[];
  readonly dataFormat: DataFormat;

  constructor(
    readonly rank: SpatialRank,
    cropping: Margins | CroppingOptions | undefined,
    options: CroppingOptions | undefined,
    defaultCropping = 1,
  ) {
    const { main = defaultCropping, options: given = {} } = mainAndOptions(cropping, options);
    super(given);
    this.cropping = resolveMargins(this, "cropping", main, rank);
    this.dataFormat = dataFormatOf(this, given.dataFormat);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Cuts the edges of the input off.",
      formula: String.raw`y_u = x_{u + c}`,
      source: `https://keras.io/api/layers/reshaping_layers/cropping${this.rank}d/`,
    };
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const first = this.dataFormat === "channelsLast" ? 1 : 2;
    const begin = x.shape.map((_, axis) => this.cropping[axis - first]?.[0] ?? 0);
    const size = x.shape.map((length, axis) => length - (begin[axis] ?? 0) - (this.cropping[axis - first]?.[1] ?? 0));
    return slice(x, begin, size);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { batch, spatial, channels } = splitShape(this, inputShape, this.rank, this.dataFormat);
    const cropped = spatial.map((size, axis) => {
      const [before, after] = this.cropping[axis] ?? [0, 0];
      return size === null ? null : size - before - after;
    });
    if (cropped.some((size) => size !== null && size <= 0)) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name} would cut everything off: it received ${formatShape(spatial)} and crops ${this.cropping.map((pair) => `[${pair.join(", ")}]`).join(", ")}. Crop less.`,
        this,
      );
    }
    return joinShape({ batch, spatial: cropped, channels }, this.dataFormat);
  }

  override flops(): number {
    return 0;
  }
}

/** Cuts steps off both ends of a sequence. */
export class Cropping1D extends Cropping {
  static override readonly optionNames = optionNames<CroppingOptions>({ dataFormat: true });

  /** @param cropping Default 1; a number or `[before, after]`. */
  constructor(cropping?: Margins | CroppingOptions, options?: CroppingOptions) {
    super(1, cropping, options);
  }
}

/** Cuts the edges of an image off. */
export class Cropping2D extends Cropping {
  static override readonly optionNames = optionNames<CroppingOptions>({ dataFormat: true });

  /** @param cropping Default 0, as in Keras; `[height, width]` or `[[top, bottom], [left, right]]`. */
  constructor(cropping?: Margins | CroppingOptions, options?: CroppingOptions) {
    super(2, cropping, options, 0);
  }
}

/** Cuts the edges of a volume off. */
export class Cropping3D extends Cropping {
  static override readonly optionNames = optionNames<CroppingOptions>({ dataFormat: true });

  /** @param cropping Default 1; a number or a pair for each of depth, height and width. */
  constructor(cropping?: Margins | CroppingOptions, options?: CroppingOptions) {
    super(3, cropping, options);
  }
}
