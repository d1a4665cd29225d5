import {
  conv2dTranspose,
  conv3dTranspose,
  type Rank,
  reshape,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
} from "@tensorflow/tfjs-core";
import { positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import { type Dimension, type Shape, sizeOf } from "../shape";
import type { Weight } from "../weight";
import { BaseConvolution, type BaseConvolutionOptions, baseConvolutionOptionNames } from "./convolution";
import { dilateKernel } from "./dilateKernel";
import { knownChannels, multiply, type PerDimension, perDimension, type SpatialRank, splitShape } from "./spatial";
import { type WeightArguments, weightArgumentNames, weightOptionsOf } from "./weightOptions";
import { presentTerms } from "./presentTerms";

export interface ConvTransposeOptions extends BaseConvolutionOptions, WeightArguments<"kernel"> {
  /** What is added at the end of each dimension, less than the strides; by default Keras's choice. */
  outputPadding?: PerDimension | undefined;
}

const transposedOptionNames = {
  ...baseConvolutionOptionNames,
  outputPadding: true,
  ...weightArgumentNames("kernel"),
} as const;

/** The transpose (the gradient) of a convolution: it enlarges its input, for decoders and generators. */
abstract class TransposedConvolution extends BaseConvolution {
  static override readonly mainArguments: readonly string[] = ["filters", "kernelSize"];

  readonly filters: number;
  readonly outputPadding: readonly number[] | undefined;
  private kernel!: Weight;

  constructor(
    rank: SpatialRank,
    filters: number,
    kernelSize: PerDimension,
    protected override readonly options: ConvTransposeOptions,
  ) {
    super(rank, kernelSize, options);
    this.filters = positiveInteger(this, `${this.name}: filters`, filters);
    if (options.outputPadding !== undefined) {
      this.outputPadding = perDimension(this, "outputPadding", options.outputPadding, rank, 0);
      if (this.outputPadding.some((padding, axis) => padding >= (this.window.strides[axis] ?? 1))) {
        throw new ModelError(
          "invalid-argument",
          `${this.name}: outputPadding must be less than the strides; received outputPadding [${this.outputPadding.join(", ")}] and strides [${this.window.strides.join(", ")}].`,
          this,
        );
      }
    }
  }

  protected override declareWeights(channels: number): void {
    const factors = [
      ...this.kernelFactors,
      { value: this.filters, name: "filters" },
      { value: channels, name: "input channels" },
    ];
    this.kernel = this.addWeight(
      "kernel",
      factors.map(({ value }) => value),
      { ...weightOptionsOf("kernel", this.options, "glorotUniform"), factors },
    );
    this.addBias(this.filters);
  }

  protected override convolve(x: Tensor): Tensor {
    const { strides, dilationRate } = this.window;
    const padding = this.window.padding === "same" ? "same" : "valid";
    const sizes = x.shape.slice(1, -1).map((size, axis) => this.outputSize(size, axis) ?? 0);
    return transposed(x, dilateKernel(this.kernel, dilationRate), [x.shape[0], ...sizes, this.filters], strides, padding);
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
    const kernel = ((this.window.size[axis] ?? 1) - 1) * (this.window.dilationRate[axis] ?? 1) + 1;
    const stride = this.window.strides[axis] ?? 1;
    const padding = this.outputPadding?.[axis];
    if (this.window.padding === "same")
      return padding === undefined ? size * stride : (size - 1) * stride + (kernel % 2) + padding;
    return (size - 1) * stride + kernel + (padding ?? Math.max(kernel, stride) - kernel);
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const parts = splitShape(this, inputShape, this.rank, this.dataFormat);
    const places = sizeOf(parts.spatial);
    return places === null ? null : 2 * places * multiply(this.window.size) * knownChannels(this, parts) * this.filters;
  }
}

function transposed(
  x: Tensor,
  kernel: Tensor,
  shape: readonly number[],
  strides: readonly number[],
  padding: "same" | "valid",
): Tensor {
  const [first = 1, second = 1, third = 1] = strides;
  if (x.rank === 5) {
    const volume = shape as [number, number, number, number, number];
    return conv3dTranspose(x as Tensor5D, kernel as Tensor5D, volume, [first, second, third], padding);
  }
  if (x.rank === 4) {
    const image = shape as [number, number, number, number];
    return conv2dTranspose(x as Tensor4D, kernel as Tensor4D, image, [first, second], padding);
  }
  const [batch = 0, steps = 0, filters = 0] = shape;
  const image = reshape<Rank.R4>(x, [batch, 1, x.shape[1] ?? 0, x.shape[2] ?? 0]);
  const row = reshape<Rank.R4>(kernel, [1, ...(kernel.shape as [number, number, number])]);
  return reshape(conv2dTranspose(image, row, [batch, 1, steps, filters], [1, first], padding), [batch, steps, filters]);
}

/** Enlarges a sequence. */
export class Conv1DTranspose extends TransposedConvolution {
  static override readonly optionNames = optionNames<ConvTransposeOptions>(transposedOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvTransposeOptions = {}) {
    super(1, filters, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Lengthens a sequence: each step places a weighted copy of the kernel in the output.",
      formula: presentTerms(
        this,
        String.raw`y_{s t + d i,\, f} \mathrel{+}= W_{i,f,c}\, x_{t,c}, \quad y \leftarrow \phi(y + b)`,
      ),
      source: "https://keras.io/api/layers/convolution_layers/convolution1d_transpose/",
    };
  }
}

/** Enlarges images. */
export class Conv2DTranspose extends TransposedConvolution {
  static override readonly optionNames = optionNames<ConvTransposeOptions>(transposedOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvTransposeOptions = {}) {
    super(2, filters, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Enlarges an image: each input pixel places a weighted copy of the kernel in the output.",
      formula: presentTerms(
        this,
        String.raw`y_{s u + d i,\, s v + d j,\, f} \mathrel{+}= W_{i,j,f,c}\, x_{u,v,c}, \quad y \leftarrow \phi(y + b)`,
      ),
      source: "https://keras.io/api/layers/convolution_layers/convolution2d_transpose/",
    };
  }
}

/** Enlarges volumes. */
export class Conv3DTranspose extends TransposedConvolution {
  static override readonly optionNames = optionNames<ConvTransposeOptions>(transposedOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvTransposeOptions = {}) {
    super(3, filters, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Enlarges a volume: each place of the input places a weighted copy of the kernel in the output.",
      formula: presentTerms(
        this,
        String.raw`y_{s u + d i,\, s v + d j,\, s w + d k,\, f} \mathrel{+}= W_{i,j,k,f,c}\, x_{u,v,w,c}, \quad y \leftarrow \phi(y + b)`,
      ),
      source: "https://keras.io/api/layers/convolution_layers/convolution3d_transpose/",
    };
  }
}
