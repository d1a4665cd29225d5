import { pad, type Tensor } from "@tensorflow/tfjs-core";
import { mainAndOptions } from "../arguments";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { soleFloats } from "./inputs";
import { type Margin, type Margins, resolveMargins } from "./margins";
import { type DataFormat, dataFormatOf, joinShape, type SpatialRank, splitShape } from "./spatial";

export interface ZeroPaddingOptions extends LayerOptions {
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
}

/** Adds zeros around the spatial dimensions. Without weights. */
abstract class ZeroPadding extends Layer {
  static override readonly mainArguments: readonly string[] = ["padding"];

  readonly padding: readonly Margin[];
  readonly dataFormat: DataFormat;

  constructor(
    readonly rank: SpatialRank,
    padding: Margins | ZeroPaddingOptions | undefined,
    options: ZeroPaddingOptions | undefined,
  ) {
    const { main = 1, options: given = {} } = mainAndOptions(padding, options);
    super(given);
    this.padding = resolveMargins(this, "padding", main, rank);
    this.dataFormat = dataFormatOf(this, given.dataFormat);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Adds zeros around the input.",
      formula: String.raw`y_u = \begin{cases} x_{u - p} & 0 \le u - p < n \\ 0 & \text{else} \end{cases}`,
      source: `https://keras.io/api/layers/reshaping_layers/zero_padding${this.rank}d/`,
    };
  }

  override call(inputs: TensorInputs): Tensor {
    const margins = this.padding.map(([before, after]): [number, number] => [before, after]);
    return pad(
      soleFloats(inputs),
      this.dataFormat === "channelsLast" ? [[0, 0], ...margins, [0, 0]] : [[0, 0], [0, 0], ...margins],
    );
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { batch, spatial, channels } = splitShape(this, inputShape, this.rank, this.dataFormat);
    const padded = spatial.map((size, axis) => (size === null ? null : size + sumOf(this.padding[axis])));
    return joinShape({ batch, spatial: padded, channels }, this.dataFormat);
  }

  override flops(): number {
    return 0;
  }
}

function sumOf([before, after]: Margin = [0, 0]): number {
  return before + after;
}

/** Zeros before and after a sequence. */
export class ZeroPadding1D extends ZeroPadding {
  static override readonly optionNames = optionNames<ZeroPaddingOptions>({ dataFormat: true });

  /** @param padding Default 1. */
  constructor(padding?: Margins | ZeroPaddingOptions, options?: ZeroPaddingOptions) {
    super(1, padding, options);
  }
}

/** Zeros around an image. */
export class ZeroPadding2D extends ZeroPadding {
  static override readonly optionNames = optionNames<ZeroPaddingOptions>({ dataFormat: true });

  /** @param padding Default 1; `[height, width]` or `[[top, bottom], [left, right]]`. */
  constructor(padding?: Margins | ZeroPaddingOptions, options?: ZeroPaddingOptions) {
    super(2, padding, options);
  }
}

/** Zeros around a volume. */
export class ZeroPadding3D extends ZeroPadding {
  static override readonly optionNames = optionNames<ZeroPaddingOptions>({ dataFormat: true });

  /** @param padding Default 1; a number or a pair for each of depth, height and width. */
  constructor(padding?: Margins | ZeroPaddingOptions, options?: ZeroPaddingOptions) {
    super(3, padding, options);
  }
}
