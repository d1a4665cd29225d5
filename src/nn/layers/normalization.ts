import { add, cast, div, moments, mul, reshape, rsqrt, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import { numberFrom } from "../arguments";
import type { CallContext } from "../context";
import type { InitializerLike } from "../initializers";
import type { LayerDocumentation, LayerOptions, TensorInputs, WeightOptions } from "../layer";
import { broadcastMask } from "../masks";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { expectBuiltSize, knownDimension, resolveAxis, soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";

interface NormalizationOptions extends LayerOptions, WeightArguments<"gamma">, WeightArguments<"beta"> {
  /** Added to the variance, so that nothing is divided by 0. Default 1e-3. */
  epsilon?: number | undefined;
  /** Whether an offset β is learned. Default `true`. */
  center?: boolean | undefined;
  /** Whether a factor γ is learned. Default `true`. */
  scale?: boolean | undefined;
}

const normalizationOptionNames = {
  epsilon: true,
  center: true,
  scale: true,
  ...weightArgumentNames("gamma"),
  ...weightArgumentNames("beta"),
} as const;

/** What the two normalizations share: γ and β over some axes, and (x − mean) / √(variance + ε) · γ + β. */
abstract class Normalization extends ShapePreservingLayer {
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  gamma: Weight | undefined;
  beta: Weight | undefined;
  /** The axes of γ and β, ascending. */
  protected axes: readonly number[] = [];
  private readonly parameters: NormalizationOptions;

  constructor(options: NormalizationOptions) {
    super(options);
    this.epsilon = numberFrom(this, "epsilon", options.epsilon ?? 1e-3, 0);
    this.center = options.center ?? true;
    this.scale = options.scale ?? true;
    this.parameters = options;
  }

  protected abstract resolveAxes(shape: Shape): number[];

  override build(inputShape: Shape | readonly Shape[]): void {
    const shape = soleShape(this, inputShape);
    this.axes = this.resolveAxes(shape).sort((a, b) => a - b);
    const { parameters } = this;
    if (this.scale) {
      this.gamma = this.addFeatureWeight("gamma", shape, parameters.gammaInitializer ?? "ones", {
        regularizer: parameters.gammaRegularizer,
        constraint: parameters.gammaConstraint,
      });
    }
    if (this.center) {
      this.beta = this.addFeatureWeight("beta", shape, parameters.betaInitializer ?? "zeros", {
        regularizer: parameters.betaRegularizer,
        constraint: parameters.betaConstraint,
      });
    }
  }

  protected addFeatureWeight(
    name: string,
    shape: Shape,
    initializer: InitializerLike,
    options: Omit<WeightOptions, "initializer" | "factors"> = {},
  ): Weight {
    const sizes = this.axes.map((axis) => knownDimension(this, shape, axis));
    const factors = sizes.map((value, index) => ({
      value,
      name: sizes.length === 1 ? "features" : `axis ${this.axes[index] ?? 0}`,
    }));
    return this.addWeight(name, sizes, { ...options, initializer, factors });
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    const weight = this.gamma ?? this.beta;
    this.resolveAxes(shape)
      .sort((a, b) => a - b)
      .forEach((axis, index) => {
        const received = knownDimension(this, shape, axis);
        expectBuiltSize(this, "features", weight?.shape[index] ?? received, received, shape);
      });
    return shape;
  }

  override computeOutputDtype(): "float32" {
    return "float32";
  }

  /** Normalizes with statistics that broadcast against `x`. */
  protected normalize(x: Tensor, mean: Tensor, variance: Tensor): Tensor {
    const inverse = rsqrt(add(variance, this.epsilon));
    const factor = this.gamma === undefined ? inverse : mul(inverse, this.broadcast(this.gamma, x));
    const centered = mul(sub(x, mean), factor);
    return this.beta === undefined ? centered : add(centered, this.broadcast(this.beta, x));
  }

  /** A weight over {@link axes}, in a shape that broadcasts against `x`. */
  protected broadcast(weight: Tensor, x: Tensor): Tensor {
    const trailing = this.axes.every((axis, index) => axis === x.rank - this.axes.length + index);
    return trailing
      ? weight
      : reshape(
          weight,
          x.shape.map((size, axis) => (this.axes.includes(axis) ? size : 1)),
        );
  }
}

export interface BatchNormalizationOptions extends NormalizationOptions {
  /** The axis of the features. Default −1: the last. */
  axis?: number | undefined;
  /** How much of a moving statistic stays at each step. Default 0.99. */
  momentum?: number | undefined;
  /** Default `"zeros"`. */
  movingMeanInitializer?: InitializerLike | undefined;
  /** Default `"ones"`. */
  movingVarianceInitializer?: InitializerLike | undefined;
}

/**
 * Normalizes each feature over the batch while training, and by moving statistics otherwise (Ioffe & Szegedy 2015,
 * https://arxiv.org/abs/1502.03167). The variance is the biased one. https://keras.io/api/layers/normalization_layers/batch_normalization/
 */
export class BatchNormalization extends Normalization {
  static override readonly optionNames = optionNames<BatchNormalizationOptions>({
    ...normalizationOptionNames,
    axis: true,
    momentum: true,
    movingMeanInitializer: true,
    movingVarianceInitializer: true,
  });

  readonly axis: number;
  readonly momentum: number;
  movingMean!: Weight;
  movingVariance!: Weight;
  private readonly options: BatchNormalizationOptions;

  constructor(options: BatchNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
    this.momentum = numberFrom(this, "layers.batchNormalization({ momentum })", options.momentum ?? 0.99, 0);
    this.options = options;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Gives each feature mean 0 and variance 1 over the batch, then a learned scale and offset; moving statistics serve outside training.",
      formula: String.raw`y = \gamma\,\frac{x - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} + \beta`,
      source: "https://keras.io/api/layers/normalization_layers/batch_normalization/",
    };
  }

  protected resolveAxes(shape: Shape): number[] {
    return [resolveAxis(this, this.axis, shape)];
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    super.build(inputShape);
    const shape = soleShape(this, inputShape);
    const fixed = { trainable: false };
    this.movingMean = this.addFeatureWeight("moving_mean", shape, this.options.movingMeanInitializer ?? "zeros", fixed);
    this.movingVariance = this.addFeatureWeight(
      "moving_variance",
      shape,
      this.options.movingVarianceInitializer ?? "ones",
      fixed,
    );
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    const x = soleFloats(inputs);
    if (!context.training || !this.trainable) {
      return this.normalize(x, this.broadcast(this.movingMean, x), this.broadcast(this.movingVariance, x));
    }
    const { mean, variance } = this.batchMoments(x, context.masks[0]);
    context.update(this.movingMean, this.moved(this.movingMean, mean));
    context.update(this.movingVariance, this.moved(this.movingVariance, variance));
    return this.normalize(x, mean, variance);
  }

  /** Masked time steps do not count. */
  private batchMoments(x: Tensor, mask: Tensor | undefined): { mean: Tensor; variance: Tensor } {
    const others = x.shape.map((_, axis) => axis).filter((axis) => !this.axes.includes(axis));
    if (mask === undefined) return moments(x, others, true);
    const counted = cast(broadcastMask(mask, x), "float32");
    const count = sum(counted, others, true);
    const mean = div(sum(mul(x, counted), others, true), count);
    const variance = div(sum(mul(square(sub(x, mean)), counted), others, true), count);
    return { mean, variance };
  }

  private moved(weight: Weight, batch: Tensor): Tensor {
    return add(mul(weight, this.momentum), mul(reshape(batch, weight.shape), 1 - this.momentum));
  }
}

export interface LayerNormalizationOptions extends NormalizationOptions {
  /** The axis or axes over which each sample is normalized. Default −1: the last. */
  axis?: number | readonly number[] | undefined;
}

/**
 * Normalizes each sample over its features (Ba et al. 2016, https://arxiv.org/abs/1607.06450).
 * https://keras.io/api/layers/normalization_layers/layer_normalization/
 */
export class LayerNormalization extends Normalization {
  static override readonly optionNames = optionNames<LayerNormalizationOptions>({ ...normalizationOptionNames, axis: true });

  readonly axis: number | readonly number[];

  constructor(options: LayerNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Gives each sample mean 0 and variance 1 over its features, then a learned scale and offset.",
      formula: String.raw`y = \gamma\,\frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta`,
      source: "https://keras.io/api/layers/normalization_layers/layer_normalization/",
    };
  }

  protected resolveAxes(shape: Shape): number[] {
    const axes = typeof this.axis === "number" ? [this.axis] : this.axis;
    return axes.map((axis) => resolveAxis(this, axis, shape));
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const { mean, variance } = moments(x, [...this.axes], true);
    return this.normalize(x, mean, variance);
  }
}
