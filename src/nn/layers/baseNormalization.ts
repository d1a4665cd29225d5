import { add, mul, reshape, rsqrt, sub, type Tensor } from "@tensorflow/tfjs-core";
import { numberFrom } from "../arguments";
import type { LayerOptions, WeightOptions } from "../layer";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { expectBuiltSize, knownDimension, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";
import { type WeightArguments, weightArgumentNames, weightOptionsOf } from "./weightOptions";

export interface NormalizationOptions extends LayerOptions, WeightArguments<"gamma">, WeightArguments<"beta"> {
  /** Added to the variance, so that nothing is divided by 0. Default 1e-3. */
  epsilon?: number | undefined;
  /** Whether an offset β is learned. Default `true`. */
  center?: boolean | undefined;
  /** Whether a factor γ is learned. Default `true`. */
  scale?: boolean | undefined;
}

export const normalizationOptionNames = {
  epsilon: true,
  center: true,
  scale: true,
  ...weightArgumentNames("gamma"),
  ...weightArgumentNames("beta"),
} as const;

/** What batch, layer and group normalization share: γ and β over some axes, and (x − mean) / √(variance + ε) · γ + β. */
export abstract class BaseNormalization extends ShapePreservingLayer {
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
    if (this.scale) this.gamma = this.addFeatureWeight("gamma", shape, weightOptionsOf("gamma", parameters, "ones"));
    if (this.center) this.beta = this.addFeatureWeight("beta", shape, weightOptionsOf("beta", parameters, "zeros"));
  }

  protected addFeatureWeight(name: string, shape: Shape, options: Omit<WeightOptions, "factors">): Weight {
    const sizes = this.axes.map((axis) => knownDimension(this, shape, axis));
    const factors = sizes.map((value, index) => ({
      value,
      name: sizes.length === 1 ? "features" : `axis ${this.axes[index] ?? 0}`,
    }));
    return this.addWeight(name, sizes, { ...options, factors });
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
