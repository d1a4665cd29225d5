import type { Tensor } from "@tensorflow/tfjs-core";
import { positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { BaseConvolution, type BaseConvolutionOptions, baseConvolutionOptionNames } from "./convolution";
import { convolve, convolveDepthwise } from "./convolve";
import { knownChannels, multiply, type PerDimension, splitShape } from "./spatial";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";

export interface DepthwiseConv2DOptions extends BaseConvolutionOptions, WeightArguments<"depthwise"> {
  /** Kernels for each input channel; default 1. */
  depthMultiplier?: number | undefined;
}

const depthwiseOptionNames = {
  ...baseConvolutionOptionNames,
  depthMultiplier: true,
  ...weightArgumentNames("depthwise"),
} as const;

export interface SeparableConv2DOptions extends DepthwiseConv2DOptions, WeightArguments<"pointwise"> {}

abstract class DepthwiseConvolution extends BaseConvolution {
  readonly depthMultiplier: number;

  constructor(
    kernelSize: PerDimension,
    protected override readonly options: DepthwiseConv2DOptions,
  ) {
    super(2, kernelSize, options);
    this.depthMultiplier = positiveInteger(this, `${this.name}: depthMultiplier`, options.depthMultiplier ?? 1);
    const [row, column] = this.window.strides;
    if (row !== column) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: a depthwise convolution takes the same stride in both directions; received [${this.window.strides.join(", ")}].`,
        this,
      );
    }
  }

  protected addDepthwiseKernel(name: string, channels: number): Weight {
    const { depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint } = this.options;
    const factors = [
      ...this.kernelFactors,
      { value: channels, name: "input channels" },
      { value: this.depthMultiplier, name: "depth multiplier" },
    ];
    return this.addWeight(
      name,
      factors.map(({ value }) => value),
      {
        initializer: depthwiseInitializer ?? "glorotUniform",
        regularizer: depthwiseRegularizer,
        constraint: depthwiseConstraint,
        factors,
      },
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

/** Convolves each channel of an image with kernels of its own. */
export class DepthwiseConv2D extends DepthwiseConvolution {
  static override readonly optionNames = optionNames<DepthwiseConv2DOptions>(depthwiseOptionNames);

  private kernel!: Weight;

  constructor(kernelSize: PerDimension, options: DepthwiseConv2DOptions = {}) {
    super(kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Convolves each channel with kernels of its own, without mixing channels.",
      formula: String.raw`y_{u,v,\,cM+m} = \phi\Big(b_{cM+m} + \sum_{i,j} W_{i,j,c,m}\, x_{s u + d i,\, s v + d j,\, c}\Big)`,
      source: "https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/",
    };
  }

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

/** A depthwise convolution, then a 1 × 1 convolution that mixes the channels (Chollet 2017, Xception). */
export class SeparableConv2D extends DepthwiseConvolution {
  static override readonly optionNames = optionNames<SeparableConv2DOptions>({
    ...depthwiseOptionNames,
    ...weightArgumentNames("pointwise"),
  });

  readonly filters: number;
  private depthwiseKernel!: Weight;
  private pointwiseKernel!: Weight;

  constructor(
    filters: number,
    kernelSize: PerDimension,
    protected override readonly options: SeparableConv2DOptions = {},
  ) {
    super(kernelSize, options);
    this.filters = positiveInteger(this, `${this.name}: filters`, filters);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Convolves each channel by itself, then mixes the channels with a 1 × 1 convolution: far fewer parameters than conv2d.",
      formula: String.raw`y = \phi\big(b + P * (D \circledast x)\big)`,
      source: "https://keras.io/api/layers/convolution_layers/separable_convolution2d/",
    };
  }

  protected override declareWeights(channels: number): void {
    this.depthwiseKernel = this.addDepthwiseKernel("depthwise_kernel", channels);
    const { pointwiseInitializer, pointwiseRegularizer, pointwiseConstraint } = this.options;
    const between = channels * this.depthMultiplier;
    this.pointwiseKernel = this.addWeight("pointwise_kernel", [1, 1, between, this.filters], {
      initializer: pointwiseInitializer ?? "glorotUniform",
      regularizer: pointwiseRegularizer,
      constraint: pointwiseConstraint,
      factors: [
        { value: between, name: "depthwise channels" },
        { value: this.filters, name: "filters" },
      ],
    });
    this.addBias(this.filters);
  }

  protected override convolve(x: Tensor): Tensor {
    const depthwise = convolveDepthwise(x, this.depthwiseKernel, this.window);
    return convolve(depthwise, this.pointwiseKernel, { size: [1, 1], strides: [1, 1], dilationRate: [1, 1], padding: "valid" });
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
}
