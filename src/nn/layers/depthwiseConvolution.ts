import type { Tensor } from "@tensorflow/tfjs-core";
import { positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { BaseConvolution, type BaseConvolutionOptions, baseConvolutionOptionNames } from "./convolution";
import { convolve, convolveDepthwise } from "./convolve";
import { knownChannels, multiply, type PerDimension, type SpatialRank, splitShape } from "./spatial";
import { type WeightArguments, weightArgumentNames, weightOptionsOf } from "./weightOptions";
import { presentTerms } from "./presentTerms";

export interface DepthwiseConvOptions extends BaseConvolutionOptions, WeightArguments<"depthwise"> {
  /** Kernels for each input channel; default 1. */
  depthMultiplier?: number | undefined;
}

const depthwiseOptionNames = {
  ...baseConvolutionOptionNames,
  depthMultiplier: true,
  ...weightArgumentNames("depthwise"),
} as const;

export interface SeparableConvOptions extends DepthwiseConvOptions, WeightArguments<"pointwise"> {}

const separableOptionNames = { ...depthwiseOptionNames, ...weightArgumentNames("pointwise") } as const;

abstract class BaseDepthwiseConvolution extends BaseConvolution {
  readonly depthMultiplier: number;

  constructor(
    rank: SpatialRank,
    kernelSize: PerDimension,
    protected override readonly options: DepthwiseConvOptions,
  ) {
    super(rank, kernelSize, options);
    this.depthMultiplier = positiveInteger(this, `${this.name}: depthMultiplier`, options.depthMultiplier ?? 1);
    const [row, column = row] = this.window.strides;
    if (row !== column) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: a depthwise convolution takes the same stride in both directions; received [${this.window.strides.join(", ")}].`,
        this,
      );
    }
  }

  protected override get allowsStridedDilation(): boolean {
    return true;
  }

  protected addDepthwiseKernel(name: string, channels: number): Weight {
    const factors = [
      ...this.kernelFactors,
      { value: channels, name: "input channels" },
      { value: this.depthMultiplier, name: "depth multiplier" },
    ];
    return this.addWeight(
      name,
      factors.map(({ value }) => value),
      { ...weightOptionsOf("depthwise", this.options, "glorotUniform"), factors },
    );
  }

  /** The channels between the depthwise and a pointwise convolution. */
  protected depthwiseChannels(inputShape: Shape | readonly Shape[]): number {
    return knownChannels(this, splitShape(this, inputShape, this.rank, this.dataFormat)) * this.depthMultiplier;
  }

  override flops(inputShape: Shape | readonly Shape[], outputShape: Shape | readonly Shape[]): number | null {
    const places = this.places(outputShape);
    return places === null ? null : 2 * places * multiply(this.window.size) * this.depthwiseChannels(inputShape);
  }
}

/** Convolves each channel with kernels of its own. */
abstract class DepthwiseConvolution extends BaseDepthwiseConvolution {
  static override readonly mainArguments: readonly string[] = ["kernelSize"];

  private kernel!: Weight;

  protected override declareWeights(channels: number): void {
    this.kernel = this.addDepthwiseKernel("kernel", channels);
    this.addBias(this.outputChannels(channels), "output channels");
  }

  protected override convolve(x: Tensor): Tensor {
    return convolveDepthwise(x, this.kernel, this.window);
  }

  protected override outputChannels(inputChannels: number): number {
    return inputChannels * this.depthMultiplier;
  }
}

/** Convolves each channel of a sequence with kernels of its own. */
export class DepthwiseConv1D extends DepthwiseConvolution {
  static override readonly optionNames = optionNames<DepthwiseConvOptions>(depthwiseOptionNames);

  constructor(kernelSize: PerDimension, options: DepthwiseConvOptions = {}) {
    super(1, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Convolves each channel of a sequence with kernels of its own, without mixing channels.",
      formula: presentTerms(this, String.raw`y_{t,\,cM+m} = \phi\Big(b_{cM+m} + \sum_{i} W_{i,c,m}\, x_{s t + d i,\, c}\Big)`),
      source: "https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/",
    };
  }
}

/** Convolves each channel of an image with kernels of its own. */
export class DepthwiseConv2D extends DepthwiseConvolution {
  static override readonly optionNames = optionNames<DepthwiseConvOptions>(depthwiseOptionNames);

  constructor(kernelSize: PerDimension, options: DepthwiseConvOptions = {}) {
    super(2, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Convolves each channel with kernels of its own, without mixing channels.",
      formula: presentTerms(
        this,
        String.raw`y_{u,v,\,cM+m} = \phi\Big(b_{cM+m} + \sum_{i,j} W_{i,j,c,m}\, x_{s u + d i,\, s v + d j,\, c}\Big)`,
      ),
      source: "https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/",
    };
  }
}

/** A depthwise convolution, then one of size 1 that mixes the channels (Chollet 2017, Xception, https://arxiv.org/abs/1610.02357). */
abstract class SeparableConvolution extends BaseDepthwiseConvolution {
  static override readonly mainArguments: readonly string[] = ["filters", "kernelSize"];

  readonly filters: number;
  private depthwiseKernel!: Weight;
  private pointwiseKernel!: Weight;

  constructor(
    rank: SpatialRank,
    filters: number,
    kernelSize: PerDimension,
    protected override readonly options: SeparableConvOptions,
  ) {
    super(rank, kernelSize, options);
    this.filters = positiveInteger(this, `${this.name}: filters`, filters);
  }

  protected override declareWeights(channels: number): void {
    this.depthwiseKernel = this.addDepthwiseKernel("depthwise_kernel", channels);
    const between = channels * this.depthMultiplier;
    this.pointwiseKernel = this.addWeight("pointwise_kernel", [...this.ones, between, this.filters], {
      ...weightOptionsOf("pointwise", this.options, "glorotUniform"),
      factors: [
        { value: between, name: "depthwise channels" },
        { value: this.filters, name: "filters" },
      ],
    });
    this.addBias(this.filters);
  }

  protected override convolve(x: Tensor): Tensor {
    const depthwise = convolveDepthwise(x, this.depthwiseKernel, this.window);
    const { ones } = this;
    return convolve(depthwise, this.pointwiseKernel, { size: ones, strides: ones, dilationRate: ones, padding: "valid" });
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  override flops(inputShape: Shape | readonly Shape[], outputShape: Shape | readonly Shape[]): number | null {
    const depthwise = super.flops(inputShape, outputShape);
    const places = this.places(outputShape);
    return depthwise === null || places === null
      ? null
      : depthwise + 2 * places * this.depthwiseChannels(inputShape) * this.filters;
  }

  private get ones(): number[] {
    return this.window.size.map(() => 1);
  }
}

/** A separable convolution over sequences of shape (batch, steps, channels). */
export class SeparableConv1D extends SeparableConvolution {
  static override readonly optionNames = optionNames<SeparableConvOptions>(separableOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: SeparableConvOptions = {}) {
    super(1, filters, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Convolves each channel of a sequence by itself, then mixes the channels: far fewer parameters than conv1d.",
      formula: presentTerms(this, String.raw`y = \phi\big(b + P * (D \circledast x)\big)`),
      source: "https://keras.io/api/layers/convolution_layers/separable_convolution1d/",
    };
  }
}

/** A separable convolution over images of shape (batch, height, width, channels). */
export class SeparableConv2D extends SeparableConvolution {
  static override readonly optionNames = optionNames<SeparableConvOptions>(separableOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: SeparableConvOptions = {}) {
    super(2, filters, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Convolves each channel by itself, then mixes the channels with a 1 × 1 convolution: far fewer parameters than conv2d.",
      formula: presentTerms(this, String.raw`y = \phi\big(b + P * (D \circledast x)\big)`),
      source: "https://keras.io/api/layers/convolution_layers/separable_convolution2d/",
    };
  }
}
