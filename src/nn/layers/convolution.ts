import { add, type Tensor } from "@tensorflow/tfjs-core";
import { type Activation, type ActivationLike, resolveActivation } from "../activations";
import { oneOf, positiveInteger } from "../arguments";
import { ModelError } from "../errors";
import { Layer, type LayerDocumentation, type LayerOptions, type TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { isShapeList, type Shape, sizeOf } from "../shape";
import type { Weight } from "../weight";
import { activationOutputShape, buildActivation } from "./activation";
import { convolve } from "./convolve";
import { expectBuiltSize, soleFloats } from "./inputs";
import {
  type DataFormat,
  dataFormatOf,
  dimensionNames,
  joinShape,
  knownChannels,
  multiply,
  type Padding,
  type PerDimension,
  perDimension,
  type SpatialRank,
  type SpatialShape,
  splitShape,
  type Window,
  windowPlaces,
  withChannelsLast,
} from "./spatial";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";
import { presentTerms } from "./presentTerms";

/** What every convolution takes. */
export interface BaseConvolutionOptions extends LayerOptions, WeightArguments<"bias"> {
  /** The step of the kernel; default 1. A stride above 1 excludes dilation, except in depthwise convolutions. */
  strides?: PerDimension | undefined;
  /** Default `"valid"`: no padding. */
  padding?: Padding | undefined;
  /** Default `"channelsLast"`. */
  dataFormat?: DataFormat | undefined;
  /** The distance between the kernel's taps; default 1. */
  dilationRate?: PerDimension | undefined;
  /** Applied to the output; by default nothing. */
  activation?: ActivationLike | undefined;
  /** Default `true`. */
  useBias?: boolean | undefined;
}

export interface ConvolutionOptions extends BaseConvolutionOptions, WeightArguments<"kernel"> {
  /** Splits the channels into groups that are convolved separately; default 1. Must divide the input channels and the filters. */
  groups?: number | undefined;
}

export interface Conv1DOptions extends Omit<ConvolutionOptions, "padding"> {
  /** Default `"valid"`; `"causal"`: the output at step t does not depend on later steps. */
  padding?: Padding | "causal" | undefined;
}

export const baseConvolutionOptionNames = {
  strides: true,
  padding: true,
  dataFormat: true,
  dilationRate: true,
  activation: true,
  useBias: true,
  ...weightArgumentNames("bias"),
} as const;

const convolutionOptionNames = { ...baseConvolutionOptionNames, groups: true, ...weightArgumentNames("kernel") } as const;

const PADDINGS: readonly Window["padding"][] = ["valid", "same"];

/** What the convolutions share: the window, the data format, bias and activation. */
export abstract class BaseConvolution extends Layer {
  readonly window: Window;
  readonly dataFormat: DataFormat;
  readonly useBias: boolean;
  readonly activation: Activation;
  protected bias: Weight | undefined;
  private inputChannels: number | undefined;

  constructor(
    readonly rank: SpatialRank,
    kernelSize: PerDimension,
    protected readonly options: Omit<BaseConvolutionOptions, "padding"> & { padding?: Window["padding"] | undefined },
  ) {
    super(options);
    this.window = {
      size: perDimension(this, "kernelSize", kernelSize, rank),
      strides: perDimension(this, "strides", options.strides ?? 1, rank),
      dilationRate: perDimension(this, "dilationRate", options.dilationRate ?? 1, rank),
      padding: oneOf(this, `${this.name}: padding`, options.padding ?? "valid", this.paddings),
    };
    this.dataFormat = dataFormatOf(this, options.dataFormat);
    this.useBias = options.useBias ?? true;
    this.activation = resolveActivation(options.activation);
    const strided = this.window.strides.some((stride) => stride > 1);
    if (strided && this.window.dilationRate.some((rate) => rate > 1) && !this.allowsStridedDilation) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: strides above 1 exclude a dilationRate above 1; received strides [${this.window.strides.join(", ")}] and dilationRate [${this.window.dilationRate.join(", ")}]. Leave one of them out.`,
        this,
      );
    }
  }

  protected get paddings(): readonly Window["padding"][] {
    return PADDINGS;
  }

  protected get allowsStridedDilation(): boolean {
    return false;
  }

  protected abstract declareWeights(inputChannels: number): void;

  /** The convolution alone, channels last. */
  protected abstract convolve(x: Tensor): Tensor;

  protected abstract outputChannels(inputChannels: number): number;

  protected addBias(channels: number, name = "filters"): void {
    if (!this.useBias) return;
    const { biasInitializer, biasRegularizer, biasConstraint } = this.options;
    this.bias = this.addWeight("bias", [channels], {
      initializer: biasInitializer ?? "zeros",
      regularizer: biasRegularizer,
      constraint: biasConstraint,
      factors: [{ value: channels, name }],
    });
  }

  /** The names and values of the kernel's extent: `{ value: 3, name: "kernel height" }`. */
  protected get kernelFactors(): { value: number; name: string }[] {
    return this.window.size.map((value, axis) => {
      const dimension = this.rank === 1 ? "size" : (dimensionNames(this.rank)[axis] ?? "");
      return { value, name: `kernel ${dimension}` };
    });
  }

  override call(inputs: TensorInputs): Tensor {
    const { bias } = this;
    const outputs = withChannelsLast(soleFloats(inputs), this.dataFormat, (x) => {
      const convolved = this.convolve(x);
      return bias === undefined ? convolved : add(convolved, bias);
    });
    return this.activation.apply(outputs);
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const parts = splitShape(this, inputShape, this.rank, this.dataFormat);
    this.inputChannels = knownChannels(this, parts);
    const convolved = this.convolvedShape(parts, this.inputChannels);
    this.declareWeights(this.inputChannels);
    buildActivation(this.activation, convolved);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const parts = splitShape(this, inputShape, this.rank, this.dataFormat);
    const channels = knownChannels(this, parts);
    if (!isShapeList(inputShape)) expectBuiltSize(this, "input channels", this.inputChannels ?? channels, channels, inputShape);
    return activationOutputShape(this.activation, this.convolvedShape(parts, channels));
  }

  private convolvedShape({ batch, spatial }: SpatialShape, channels: number): Shape {
    return joinShape({ batch, spatial: this.outputSpatial(spatial), channels: this.outputChannels(channels) }, this.dataFormat);
  }

  protected outputSpatial(spatial: Shape): Shape {
    return windowPlaces(this, spatial, this.window);
  }

  /** The places the kernel takes; `null` where a dimension is unknown. */
  protected places(outputShape: Shape | readonly Shape[]): number | null {
    return isShapeList(outputShape) ? null : sizeOf(splitShape(this, outputShape, this.rank, this.dataFormat).spatial);
  }
}

abstract class Convolution extends BaseConvolution {
  static override readonly mainArguments: readonly string[] = ["filters", "kernelSize"];

  readonly filters: number;
  readonly groups: number;
  protected kernel!: Weight;

  constructor(
    rank: SpatialRank,
    filters: number,
    kernelSize: PerDimension,
    protected override readonly options: Conv1DOptions,
  ) {
    super(rank, kernelSize, options);
    this.filters = positiveInteger(this, `${this.name}: filters`, filters);
    this.groups = positiveInteger(this, `${this.name}: groups`, options.groups ?? 1);
    if (this.filters % this.groups !== 0) {
      throw new ModelError(
        "invalid-argument",
        `${this.name}: groups must divide filters; received ${this.groups} groups and ${this.filters} filters.`,
        this,
      );
    }
  }

  protected override declareWeights(channels: number): void {
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = this.options;
    const factors = [
      ...this.kernelFactors,
      { value: channels / this.groups, name: "input channels" },
      { value: this.filters, name: "filters" },
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
    return convolve(x, this.kernel, this.window, this.groups);
  }

  protected override outputChannels(inputChannels: number): number {
    if (inputChannels % this.groups !== 0) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name}: groups must divide the input channels; received ${this.groups} groups and ${inputChannels} channels.`,
        this,
      );
    }
    return this.filters;
  }

  override flops(inputShape: Shape | readonly Shape[], outputShape: Shape | readonly Shape[]): number | null {
    const places = this.places(outputShape);
    const channels = knownChannels(this, splitShape(this, inputShape, this.rank, this.dataFormat));
    return places === null ? null : 2 * places * multiply(this.window.size) * (channels / this.groups) * this.filters;
  }
}

/** A convolution over sequences of shape (batch, steps, channels). */
export class Conv1D extends Convolution {
  static override readonly optionNames = optionNames<Conv1DOptions>(convolutionOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: Conv1DOptions = {}) {
    super(1, filters, kernelSize, options);
  }

  protected override get paddings(): readonly Window["padding"][] {
    return [...super.paddings, "causal"];
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Slides small kernels along a sequence; each filter answers where its pattern occurs.",
      formula: presentTerms(this, String.raw`y_{t,f} = \phi\Big(b_f + \sum_{i,c} W_{i,c,f}\, x_{s t + d i,\, c}\Big)`),
      source: "https://keras.io/api/layers/convolution_layers/convolution1d/",
    };
  }
}

/** A convolution over images of shape (batch, height, width, channels). */
export class Conv2D extends Convolution {
  static override readonly optionNames = optionNames<ConvolutionOptions>(convolutionOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvolutionOptions = {}) {
    super(2, filters, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Slides small kernels over an image; each filter answers where its pattern occurs.",
      formula: presentTerms(
        this,
        String.raw`y_{u,v,f} = \phi\Big(b_f + \sum_{i,j,c} W_{i,j,c,f}\, x_{s u + d i,\, s v + d j,\, c}\Big)`,
      ),
      source: "https://keras.io/api/layers/convolution_layers/convolution2d/",
    };
  }
}

/** A convolution over volumes of shape (batch, depth, height, width, channels). */
export class Conv3D extends Convolution {
  static override readonly optionNames = optionNames<ConvolutionOptions>(convolutionOptionNames);

  constructor(filters: number, kernelSize: PerDimension, options: ConvolutionOptions = {}) {
    super(3, filters, kernelSize, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Slides small kernels through a volume; each filter answers where its pattern occurs.",
      formula: presentTerms(
        this,
        String.raw`y_{u,v,w,f} = \phi\Big(b_f + \sum_{i,j,k,c} W_{i,j,k,c,f}\, x_{s u + d i,\, s v + d j,\, s w + d k,\, c}\Big)`,
      ),
      source: "https://keras.io/api/layers/convolution_layers/convolution3d/",
    };
  }
}
