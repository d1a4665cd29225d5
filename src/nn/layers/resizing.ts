import type { Tensor } from "@tensorflow/tfjs-core";
import { oneOf, positiveInteger } from "../arguments";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import { soleFloats } from "./inputs";
import { type Interpolation, INTERPOLATIONS, resizeAxis } from "./interpolation";
import { type DataFormat, dataFormatOf, joinShape, splitShape, withChannelsLast } from "./spatial";

export interface ResizingOptions extends LayerOptions {
  /** Default `"bilinear"`. */
  interpolation?: Interpolation | undefined;
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
}

/** Brings images to a size, without antialiasing. https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/ */
export class Resizing extends Layer {
  static override readonly mainArguments: readonly string[] = ["height", "width"];
  static override readonly optionNames = optionNames<ResizingOptions>({ interpolation: true, dataFormat: true });

  readonly height: number;
  readonly width: number;
  readonly interpolation: Interpolation;
  readonly dataFormat: DataFormat;

  constructor(height: number, width: number, options: ResizingOptions = {}) {
    super(options);
    this.height = positiveInteger(this, "layers.resizing(height, width): height", height);
    this.width = positiveInteger(this, "layers.resizing(height, width): width", width);
    this.interpolation = oneOf(this, `${this.name}: interpolation`, options.interpolation ?? "bilinear", INTERPOLATIONS);
    this.dataFormat = dataFormatOf(this, options.dataFormat);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Brings images to another size by interpolating between their pixels.",
      formula: String.raw`y = A_h\, x\, A_w^{\mathsf T}`,
      source: "https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/",
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const parts = splitShape(this, inputShape, 2, this.dataFormat);
    return joinShape({ ...parts, spatial: [this.height, this.width] }, this.dataFormat);
  }

  override call(inputs: TensorInputs): Tensor {
    return withChannelsLast(soleFloats(inputs), this.dataFormat, (x) =>
      resizeAxis(resizeAxis(x, 1, this.height, this.interpolation), 2, this.width, this.interpolation),
    );
  }

  override flops(): number {
    return 0;
  }
}
