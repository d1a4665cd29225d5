import { add, cast, less, mul, type Tensor, zerosLike } from "@tensorflow/tfjs-core";
import { invalidArgument, numberFrom, oneOf, rateBelowOne } from "../arguments";
import type { CallContext } from "../context";
import { ModelError } from "../errors";
import { factoryName } from "../factoryNames";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { l1l2 } from "../regularizers";
import { type Dimension, formatShape, type Shape } from "../shape";
import { soleFloats, soleShape, soleTensor } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

/** Noise during training, the identity otherwise. */
abstract class NoiseLayer extends ShapePreservingLayer {
  /** Whether the layer changes anything during training. */
  protected abstract readonly active: boolean;

  protected abstract disturb(x: Tensor, context: CallContext): Tensor;

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    return context.training && this.active ? this.disturb(soleFloats(inputs), context) : soleTensor(inputs);
  }
}

export interface DropoutOptions extends LayerOptions {
  /** The shape of the drawn mask, the batch first; `null` for the input's own size. A 1 drops all along that axis together. Default: the input's shape. */
  noiseShape?: readonly Dimension[] | undefined;
}

/**
 * Sets a share of the inputs to 0 during training and scales the others by 1 / (1 − rate), so that their expected sum stays
 * (Srivastava et al. 2014). https://keras.io/api/layers/regularization_layers/dropout/
 */
export class Dropout extends NoiseLayer {
  static override readonly mainArguments: readonly string[] = ["rate"];
  static override readonly optionNames = optionNames<DropoutOptions>({ noiseShape: true });

  readonly rate: number;
  readonly noiseShape: readonly Dimension[] | undefined;

  /** @throws ModelError unless 0 ≤ rate ≤ 1. */
  constructor(rate: number, options: DropoutOptions = {}) {
    super(options);
    if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) {
      throw invalidArgument(this, "layers.dropout(rate)", "the share of values to drop, a number from 0 to 1", rate);
    }
    this.rate = rate;
    this.noiseShape = options.noiseShape;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Drops a random share of its inputs while training, and passes everything on otherwise.",
      formula: String.raw`y = \frac{m \odot x}{1 - r},\ m_i \sim \operatorname{Bernoulli}(1 - r),\ r = ${this.rate}`,
      source: "https://keras.io/api/layers/regularization_layers/dropout/",
    };
  }

  protected get active(): boolean {
    return this.rate > 0;
  }

  protected maskShape(inputShape: readonly number[]): number[] {
    return drawnShape(this.noiseShape, inputShape);
  }

  protected disturb(x: Tensor, { random }: CallContext): Tensor {
    const keep = 1 - this.rate;
    if (keep === 0) return zerosLike(x);
    const kept = cast(less(random.uniform(this.maskShape(x.shape)), keep), "float32");
    return mul(x, mul(kept, 1 / keep));
  }
}

export interface SpatialDropoutOptions extends LayerOptions {
  /** Where the channels stand. Default `"channelsLast"`. */
  dataFormat?: "channelsLast" | "channelsFirst" | undefined;
}

/** Drops whole feature maps (Tompson et al. 2014, https://arxiv.org/abs/1411.4280). */
abstract class SpatialDropout extends Dropout {
  readonly dataFormat: "channelsLast" | "channelsFirst";
  protected abstract readonly spatialRank: number;

  constructor(rate: number, options: SpatialDropoutOptions = {}) {
    super(rate, options);
    const form = `${factoryName(this.className)}({ dataFormat })`;
    this.dataFormat = oneOf(this, form, options.dataFormat ?? "channelsLast", ["channelsLast", "channelsFirst"]);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Drops a random share of whole feature maps while training, and passes everything on otherwise.",
      formula: String.raw`y_c = \frac{m_c\, x_c}{1 - r},\ m_c \sim \operatorname{Bernoulli}(1 - r),\ r = ${this.rate}`,
      source: `https://keras.io/api/layers/regularization_layers/spatial_dropout${this.spatialRank}d/`,
    };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    if (shape.length !== this.spatialRank + 2) {
      throw new ModelError(
        "shape-mismatch",
        `${this.name} drops feature maps of ${this.spatialRank} dimensions and takes inputs of ${this.spatialRank + 2} with the batch; received ${formatShape(shape)}.`,
        this,
      );
    }
    return shape;
  }

  protected override maskShape(inputShape: readonly number[]): number[] {
    const channelAxis = this.dataFormat === "channelsLast" ? inputShape.length - 1 : 1;
    return inputShape.map((size, axis) => (axis === 0 || axis === channelAxis ? size : 1));
  }
}

/** Drops whole feature maps of (batch, time, channels). */
export class SpatialDropout1D extends SpatialDropout {
  static override readonly optionNames = optionNames<SpatialDropoutOptions>({ dataFormat: true });

  protected override get spatialRank(): number {
    return 1;
  }
}

/** Drops whole feature maps of (batch, height, width, channels). */
export class SpatialDropout2D extends SpatialDropout {
  static override readonly optionNames = optionNames<SpatialDropoutOptions>({ dataFormat: true });

  protected override get spatialRank(): number {
    return 2;
  }
}

/** Drops whole feature maps of (batch, depth, height, width, channels). */
export class SpatialDropout3D extends SpatialDropout {
  static override readonly optionNames = optionNames<SpatialDropoutOptions>({ dataFormat: true });

  protected override get spatialRank(): number {
    return 3;
  }
}

/** Multiplies by noise around 1 during training (Srivastava et al. 2014). https://keras.io/api/layers/regularization_layers/gaussian_dropout/ */
export class GaussianDropout extends NoiseLayer {
  static override readonly mainArguments: readonly string[] = ["rate"];
  static override readonly optionNames = optionNames({});

  readonly rate: number;

  constructor(rate: number, options: LayerOptions = {}) {
    super(options);
    this.rate = rateBelowOne(this, "layers.gaussianDropout(rate)", rate);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Multiplies every value by random noise around 1 while training.",
      formula: String.raw`y = x \odot \epsilon,\ \epsilon_i \sim \mathcal N\left(1, \tfrac{r}{1 - r}\right),\ r = ${this.rate}`,
      source: "https://keras.io/api/layers/regularization_layers/gaussian_dropout/",
    };
  }

  protected get active(): boolean {
    return this.rate > 0;
  }

  protected disturb(x: Tensor, { random }: CallContext): Tensor {
    const stddev = Math.sqrt(this.rate / (1 - this.rate));
    return mul(x, add(1, mul(stddev, random.normal(x.shape))));
  }
}

/** Adds noise around 0 during training. https://keras.io/api/layers/regularization_layers/gaussian_noise/ */
export class GaussianNoise extends NoiseLayer {
  static override readonly mainArguments: readonly string[] = ["stddev"];
  static override readonly optionNames = optionNames({});

  readonly stddev: number;

  constructor(stddev: number, options: LayerOptions = {}) {
    super(options);
    this.stddev = numberFrom(this, "layers.gaussianNoise(stddev)", stddev, 0);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Adds random noise around 0 to every value while training.",
      formula: String.raw`y = x + \epsilon,\ \epsilon_i \sim \mathcal N(0, ${this.stddev}^2)`,
      source: "https://keras.io/api/layers/regularization_layers/gaussian_noise/",
    };
  }

  protected get active(): boolean {
    return this.stddev > 0;
  }

  protected disturb(x: Tensor, { random }: CallContext): Tensor {
    return add(x, mul(this.stddev, random.normal(x.shape)));
  }
}

/** λα of SELU, negated: the value that a dropped unit takes. */
const SELU_SATURATION = -1.0507009873554805 * 1.6732632423543772;

/**
 * Dropout for SELU: dropped units take SELU's lowest value, and mean and variance stay
 * (Klambauer et al. 2017, https://arxiv.org/abs/1706.02515). https://keras.io/api/layers/regularization_layers/alpha_dropout/
 */
export class AlphaDropout extends NoiseLayer {
  static override readonly mainArguments: readonly string[] = ["rate"];
  static override readonly optionNames = optionNames<DropoutOptions>({ noiseShape: true });

  readonly rate: number;
  readonly noiseShape: readonly Dimension[] | undefined;

  constructor(rate: number, options: DropoutOptions = {}) {
    super(options);
    this.rate = rateBelowOne(this, "layers.alphaDropout(rate)", rate);
    this.noiseShape = options.noiseShape;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Sets a random share of its inputs to SELU's lowest value while training, so that mean and variance stay.",
      formula: String.raw`y = a\,(m \odot x - \lambda\alpha\,(1 - m)) + b,\ m_i \sim \operatorname{Bernoulli}(1 - r),\ r = ${this.rate}`,
      source: "https://keras.io/api/layers/regularization_layers/alpha_dropout/",
    };
  }

  protected get active(): boolean {
    return this.rate > 0;
  }

  protected disturb(x: Tensor, { random }: CallContext): Tensor {
    const { rate } = this;
    const scale = ((1 - rate) * (1 + rate * SELU_SATURATION ** 2)) ** -0.5;
    const offset = -scale * SELU_SATURATION * rate;
    const dropped = cast(less(random.uniform(drawnShape(this.noiseShape, x.shape)), rate), "float32");
    const kept = mul(x, add(1, mul(-1, dropped)));
    return add(mul(scale, add(kept, mul(SELU_SATURATION, dropped))), offset);
  }
}

export interface ActivityRegularizationOptions extends LayerOptions {
  /** The factor of the sum of absolute values. Default 0. */
  l1?: number | undefined;
  /** The factor of the sum of squares. Default 0. */
  l2?: number | undefined;
}

/** Passes its input on and adds a penalty on it to the loss. https://keras.io/api/layers/regularization_layers/activity_regularization/ */
export class ActivityRegularization extends ShapePreservingLayer {
  static override readonly optionNames = optionNames<ActivityRegularizationOptions>({ l1: true, l2: true });

  readonly l1: number;
  readonly l2: number;

  constructor(options: ActivityRegularizationOptions = {}) {
    const { l1 = 0, l2 = 0 } = options;
    super({ ...options, activityRegularizer: l1l2({ l1, l2 }) });
    this.l1 = l1;
    this.l2 = l2;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Passes its input on and adds a penalty on large values to the loss.",
      formula: String.raw`y = x,\quad L \mathrel{+}= \tfrac1B \sum_i \left(${this.l1}\,|x_i| + ${this.l2}\,x_i^2\right)`,
      source: "https://keras.io/api/layers/regularization_layers/activity_regularization/",
    };
  }

  override call(inputs: TensorInputs): Tensor {
    return soleTensor(inputs);
  }
}

function drawnShape(noiseShape: readonly Dimension[] | undefined, inputShape: readonly number[]): number[] {
  return inputShape.map((size, axis) => noiseShape?.[axis] ?? size);
}
