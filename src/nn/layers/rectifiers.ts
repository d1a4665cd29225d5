import { clipByValue, greater, leakyRelu, minimum, mul, neg, relu, relu6, sub, type Tensor, where } from "@tensorflow/tfjs-core";
import { invalidArgument, isPositiveInteger, mainAndOptions, numberFrom } from "../arguments";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { eluWithAlpha } from "../parametricActivations";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { expectBuiltSize, knownDimension, soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";
import { type WeightArguments, weightArgumentNames } from "./weightOptions";

abstract class Rectifier extends ShapePreservingLayer {
  override computeOutputDtype(): "float32" {
    return "float32";
  }
}

export interface ReLUOptions extends LayerOptions {
  /** Where the output stops to grow. Default: nowhere. */
  maxValue?: number | undefined;
  /** The slope below the threshold. Default 0. */
  negativeSlope?: number | undefined;
  /** Below it the input is cut. Default 0. */
  threshold?: number | undefined;
}

/** max(0, x), with Keras's variants. https://keras.io/api/layers/activation_layers/relu/ */
export class ReLU extends Rectifier {
  static override readonly optionNames = optionNames<ReLUOptions>({ maxValue: true, negativeSlope: true, threshold: true });

  readonly maxValue: number | undefined;
  readonly negativeSlope: number;
  readonly threshold: number;

  constructor(options: ReLUOptions = {}) {
    super(options);
    const { maxValue } = options;
    this.maxValue = maxValue === undefined ? undefined : numberFrom(this, "layers.reLU({ maxValue })", maxValue, 0);
    this.negativeSlope = numberFrom(this, "layers.reLU({ negativeSlope })", options.negativeSlope ?? 0, 0);
    this.threshold = numberFrom(this, "layers.reLU({ threshold })", options.threshold ?? 0, 0);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Passes positive values and cuts negative ones to zero.",
      formula: String.raw`y = \begin{cases} v & x \ge v \\ x & t \le x < v \\ s\,(x - t) & x < t \end{cases}`,
      source: "https://keras.io/api/layers/activation_layers/relu/",
    };
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const { maxValue, negativeSlope, threshold } = this;
    if (threshold === 0 && negativeSlope === 0) {
      if (maxValue === undefined) return relu(x);
      return maxValue === 6 ? relu6(x) : clipByValue(x, 0, maxValue);
    }
    const rectified =
      threshold === 0 ? leakyRelu(x, negativeSlope) : where(greater(x, threshold), x, mul(negativeSlope, sub(x, threshold)));
    return maxValue === undefined ? rectified : minimum(rectified, maxValue);
  }
}

export interface LeakyReLUOptions extends LayerOptions {
  /** The slope for negative inputs. Default 0.3. */
  negativeSlope?: number | undefined;
}

/** ReLU with a small slope for negative inputs, so that no unit dies. https://keras.io/api/layers/activation_layers/leaky_relu/ */
export class LeakyReLU extends Rectifier {
  static override readonly mainArguments: readonly string[] = ["negativeSlope"];
  static override readonly optionNames = optionNames<LeakyReLUOptions>({ negativeSlope: true });

  readonly negativeSlope: number;

  constructor(negativeSlope?: number | LeakyReLUOptions, options?: LeakyReLUOptions) {
    const { main, options: given = {} } = mainAndOptions<never, LeakyReLUOptions>(negativeSlope, options);
    super(given);
    this.negativeSlope = numberFrom(this, "layers.leakyReLU(negativeSlope)", main ?? given.negativeSlope ?? 0.3, 0);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Passes positive values and scales negative ones down, so that their gradient does not vanish.",
      formula: String.raw`y = \begin{cases} x & x \ge 0 \\ ${this.negativeSlope}\,x & x < 0 \end{cases}`,
      source: "https://keras.io/api/layers/activation_layers/leaky_relu/",
    };
  }

  override call(inputs: TensorInputs): Tensor {
    return leakyRelu(soleFloats(inputs), this.negativeSlope);
  }
}

export interface ELUOptions extends LayerOptions {
  /** The value that large negative inputs approach, negated. Default 1. */
  alpha?: number | undefined;
}

/** The exponential linear unit (Clevert et al. 2015, https://arxiv.org/abs/1511.07289). https://keras.io/api/layers/activation_layers/elu/ */
export class ELU extends Rectifier {
  static override readonly mainArguments: readonly string[] = ["alpha"];
  static override readonly optionNames = optionNames<ELUOptions>({ alpha: true });

  readonly alpha: number;

  constructor(alpha?: number | ELUOptions, options?: ELUOptions) {
    const { main, options: given = {} } = mainAndOptions<never, ELUOptions>(alpha, options);
    super(given);
    this.alpha = numberFrom(this, "layers.elu(alpha)", main ?? given.alpha ?? 1, 0);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Passes positive values and bends negative ones towards −α; differentiable at 0 only for α = 1.",
      formula: String.raw`y = \begin{cases} x & x > 0 \\ ${this.alpha}\,(e^x - 1) & x \le 0 \end{cases}`,
      source: "https://keras.io/api/layers/activation_layers/elu/",
    };
  }

  override call(inputs: TensorInputs): Tensor {
    return eluWithAlpha(soleFloats(inputs), this.alpha);
  }
}

export interface PReLUOptions extends LayerOptions, WeightArguments<"alpha"> {
  /** Axes (1 is the first after the batch) along which one α serves all places. Default: none. */
  sharedAxes?: readonly number[] | undefined;
}

/** LeakyReLU whose slope is learned (He et al. 2015, https://arxiv.org/abs/1502.01852). https://keras.io/api/layers/activation_layers/prelu/ */
export class PReLU extends Rectifier {
  static override readonly optionNames = optionNames<PReLUOptions>({ sharedAxes: true, ...weightArgumentNames("alpha") });

  readonly sharedAxes: readonly number[];
  alpha!: Weight;
  private readonly options: PReLUOptions;

  constructor(options: PReLUOptions = {}) {
    super(options);
    this.sharedAxes = options.sharedAxes ?? [];
    if (!Array.isArray(this.sharedAxes) || !this.sharedAxes.every(isPositiveInteger)) {
      throw invalidArgument(
        this,
        "layers.prelu({ sharedAxes })",
        "a list of axes, 1 the first after the batch",
        options.sharedAxes,
      );
    }
    this.options = options;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Passes positive values and scales negative ones by a slope α that is learned for every place.",
      formula: String.raw`y = \max(0, x) + \alpha \odot \min(0, x)`,
      source: "https://keras.io/api/layers/activation_layers/prelu/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const shape = soleShape(this, inputShape);
    const sizes = shape
      .slice(1)
      .map((_, index) => (this.sharedAxes.includes(index + 1) ? 1 : knownDimension(this, shape, index + 1)));
    this.alpha = this.addWeight("alpha", sizes, {
      initializer: this.options.alphaInitializer ?? "zeros",
      regularizer: this.options.alphaRegularizer,
      constraint: this.options.alphaConstraint,
      factors: sizes.map((value, index) => ({ value, name: sizes.length === 1 ? "inputs" : `axis ${index + 1}` })),
    });
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    this.alpha.shape.forEach((size, index) => {
      const received = shape[index + 1] ?? null;
      if (size !== 1 && received !== null) expectBuiltSize(this, `places on axis ${index + 1}`, size, received, shape);
    });
    return shape;
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    return sub(relu(x), mul(this.alpha, relu(neg(x))));
  }
}
