import { conv2dTranspose, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import { positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import { type Dimension, type Shape, sizeOf } from "../shape";
import type { Weight } from "../weight";
import { BaseConvolution, type BaseConvolutionOptions, baseConvolutionOptionNames } from "./convolution";
import { knownChannels, multiply, type PerDimension, perDimension, splitShape } from "./spatial";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";

export interface Conv2DTransposeOptions extends Omit<BaseConvolutionOptions, "dilationRate">, WeightArguments<"kernel"> {
  /** Rows and columns added at the end, less than the strides; by default Keras's choice. */
  outputPadding?: PerDimension | undefined;
}

const transposedOptionNames = {
  ...baseConvolutionOptionNames,
  outputPadding: true,
  ...weightArgumentNames("kernel"),
} as const;

/** The transpose (the gradient) of a convolution: it enlarges images, for decoders and generators. */
export class Conv2DTranspose extends BaseConvolution {
  static override readonly optionNames = optionNames<Conv2DTransposeOptions>(transposedOptionNames);

  readonly filters: number;
  readonly outputPadding: readonly number[] | undefined;
  private kernel!: Weight;

  constructor(
    filters: number,
    kernelSize: PerDimension,
    protected override readonly options: Conv2DTransposeOptions = {},
  ) {
    super(2, kernelSize, options);
    this.filters = positiveInteger(this, `${this.name}: filters`, filters);
    if (this.window.dilationRate.some((rate) => rate !== 1)) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: a transposed convolution takes no dilationRate; received [${this.window.dilationRate.join(", ")}].`,
        this,
      );
    }
    if (options.outputPadding !== undefined) {
      this.outputPadding = perDimension(this, "outputPadding", options.outputPadding, 2, 0);
      if (this.outputPadding.some((padding, axis) => padding >= (this.window.strides[axis] ?? 1))) {
        throw new ModelError(
          "invalid-argument",
          `${this.name}: outputPadding must be less than the strides; received outputPadding [${this.outputPadding.join(", ")}] and strides [${this.window.strides.join(", ")}].`,
          this,
        );
      }
    }
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Enlarges an image: each input pixel places a weighted copy of the kernel in the output.",
      formula: String.raw`y_{s u + i,\, s v + j,\, f} \mathrel{+}= W_{i,j,f,c}\, x_{u,v,c}, \quad y \leftarrow \phi(y + b)`,
      source: "https://keras.io/api/layers/convolution_layers/convolution2d_transpose/",
    };
  }

  protected override declareWeights(channels: number): void {
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = this.options;
    const factors = [
      ...this.kernelFactors,
      { value: this.filters, name: "filters" },
      { value: channels, name: "input channels" },
    ];
    this.kernel = this.addWeight(
      "kernel",
      factors.map(({ value }) => value),
      {
        initializer: kernelInitializer ?? "glorotUniform",
        regularizer: kernelRegularizer,
        constraint: kernelConstraint,
        factors,
      },
    );
    this.addBias(this.filters);
  }

  protected override convolve(x: Tensor): Tensor {
    const [batch = 0, height = 0, width = 0] = x.shape;
    const [row = 1, column = 1] = this.window.strides;
    const [outputHeight, outputWidth] = [this.outputSize(height, 0) ?? 0, this.outputSize(width, 1) ?? 0];
    const padding = this.window.padding === "same" ? "same" : "valid";
    return conv2dTranspose(
      x as Tensor4D,
      this.kernel as Tensor as Tensor4D,
      [batch, outputHeight, outputWidth, this.filters],
      [row, column],
      padding,
    );
  }

  protected override outputSpatial(spatial: Shape): Shape {
    return spatial.map((size, axis) => this.outputSize(size, axis));
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  /** Keras's rule (`compute_conv_transpose_output_shape`). */
  private outputSize(size: Dimension, axis: number): Dimension {
    if (size === null) return null;
    const kernel = this.window.size[axis] ?? 1;
    const stride = this.window.strides[axis] ?? 1;
    const padding = this.outputPadding?.[axis];
    if (this.window.padding === "same")
      return padding === undefined ? size * stride : (size - 1) * stride + (kernel % 2) + padding;
    return (size - 1) * stride + kernel + (padding ?? Math.max(kernel, stride) - kernel);
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const parts = splitShape(this, inputShape, 2, this.dataFormat);
    const places = sizeOf(parts.spatial);
    return places === null ? null : 2 * places * multiply(this.window.size) * knownChannels(this, parts) * this.filters;
  }
}
