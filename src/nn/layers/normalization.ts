import { add, div, maximum, mul, reshape, sqrt, sub, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { invalidArgument } from "../arguments";
import { ModelError } from "../errors";
import { type Initializer, type InitializerContext } from "../initializers";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { expectBuiltSize, knownDimension, resolveAxes, soleFloats, soleShape } from "./inputs";
import { ShapePreservingLayer } from "./shapePreserving";

/** A number for all values, or nested lists over the kept axes. */
type Moment = number | readonly number[] | readonly (readonly number[])[];

export interface NormalizationOptions extends LayerOptions {
  /** The axis or axes that have a mean and a variance for each place; `null` for one of all values. Default −1: the last. */
  axis?: number | readonly number[] | null | undefined;
  /** The mean to subtract, with `variance`. Default: that of the training data. */
  mean?: Moment | undefined;
  /** The variance whose root divides, with `mean`. Default: that of the training data. */
  variance?: Moment | undefined;
  /** Turns normalized values back. Default `false`. */
  invert?: boolean | undefined;
}

/** The smallest deviation by which Keras divides. */
const SMALLEST_DEVIATION = 1e-7;

/**
 * Subtracts a fixed mean and divides by a fixed deviation: features of the training data get mean 0 and deviation 1. Where mean and variance
 * are not given, they are those of what the layer receives of the training data, found when training starts: Keras's `adapt`.
 * https://keras.io/api/layers/preprocessing_layers/numerical/normalization/
 */
export class Normalization extends ShapePreservingLayer {
  static override readonly optionNames = optionNames<NormalizationOptions>({
    axis: true,
    mean: true,
    variance: true,
    invert: true,
  });

  readonly axis: number | readonly number[];
  readonly invert: boolean;
  private readonly given: { readonly mean: Moment; readonly variance: Moment } | undefined;
  private adapted: { readonly mean: Weight; readonly variance: Weight } | undefined;

  /** @throws ModelError where only one of `mean` and `variance` is given. */
  constructor(options: NormalizationOptions = {}) {
    super(options);
    this.axis = options.axis === null ? [] : (options.axis ?? -1);
    this.invert = options.invert ?? false;
    const { mean, variance } = options;
    if (mean !== undefined && variance !== undefined) {
      this.given = { mean: this.moment("mean", mean), variance: this.moment("variance", variance) };
    } else if (mean !== undefined || variance !== undefined) {
      throw new ModelError(
        "invalid-argument",
        `layers.normalization takes mean and variance together; received ${mean === undefined ? "variance" : "mean"} alone. Without both they are found in the training data.`,
        this,
      );
    }
  }

  private moment(name: string, value: Moment): Moment {
    const isMoment = (each: unknown): boolean => (Array.isArray(each) ? each.every(isMoment) : Number.isFinite(each));
    if (isMoment(value)) return value;
    throw invalidArgument(this, `layers.normalization({ ${name} })`, "a number, or a list of numbers", value);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: this.invert
        ? "Turns normalized values back, by the mean and variance of the training data."
        : "Gives each feature mean 0 and deviation 1, by the mean and variance of the training data.",
      formula: this.invert ? String.raw`y = \mu + \sigma\, x` : String.raw`y = \frac{x - \mu}{\sigma}`,
      source: "https://keras.io/api/layers/preprocessing_layers/numerical/normalization/",
    };
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    const shape = soleShape(this, inputShape);
    const axes = resolveAxes(this, this.axis, shape);
    const factors = axes.map((axis) => ({
      value: knownDimension(this, shape, axis),
      name: axes.length === 1 ? "features" : `axis ${axis}`,
    }));
    if (this.given !== undefined) return;
    const sizes = factors.map(({ value }) => value);
    const moments = (power: 1 | 2): Initializer => ({
      name: power === 1 ? "meanOfData" : "varianceOfData",
      draw: (_shape, context) => momentsOf(axes, context)[power - 1] as Float32Array,
    });
    const fixed = { trainable: false, factors };
    const mean = this.addWeight("mean", sizes, { ...fixed, initializer: moments(1) });
    const variance = this.addWeight("variance", sizes, { ...fixed, initializer: moments(2) });
    this.addWeight("count", [], { initializer: "zeros", trainable: false, dtype: "int32" });
    this.adapted = { mean, variance };
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shape = soleShape(this, inputShape);
    resolveAxes(this, this.axis, shape).forEach((axis, index) => {
      const received = knownDimension(this, shape, axis);
      expectBuiltSize(this, "features", this.adapted?.mean.shape[index] ?? received, received, shape);
    });
    return shape;
  }

  override computeOutputDtype(): "float32" {
    return "float32";
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const mean = this.broadcast(this.adapted?.mean ?? constant(this.given?.mean ?? 0), x);
    const variance = this.broadcast(this.adapted?.variance ?? constant(this.given?.variance ?? 1), x);
    const deviation = maximum(sqrt(variance), SMALLEST_DEVIATION);
    return this.invert ? add(mean, mul(x, deviation)) : div(sub(x, mean), deviation);
  }

  /** As in Keras, what has fewer dimensions than there are kept axes belongs to the last of them. */
  private broadcast(moment: Tensor, x: Tensor): Tensor {
    const axes = resolveAxes(this, this.axis, x.shape);
    const kept = moment.rank === 0 ? [] : axes.slice(-moment.rank);
    return reshape(
      moment,
      x.shape.map((_, axis) => (kept.includes(axis) ? (moment.shape[kept.indexOf(axis)] ?? 1) : 1)),
    );
  }
}

function constant(moment: Moment): Tensor {
  return tensor(moment as number, undefined, "float32");
}

/** Mean and variance of the training data for each place of the kept axes, in double precision. */
function momentsOf(axes: readonly number[], { sample }: InitializerContext): [mean: Float32Array, variance: Float32Array] {
  const { values, shape } = sample(Infinity).x;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const size = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
  const placeOf = (index: number): number =>
    axes.reduce((place, axis) => {
      const length = shape[axis] ?? 1;
      return place * length + (Math.floor(index / (strides[axis] ?? 1)) % length);
    }, 0);
  const meanOf = (term: (value: number, place: number) => number): Float64Array => {
    const sums = new Float64Array(size);
    values.forEach((value, index) => {
      const place = placeOf(index);
      sums[place] = (sums[place] ?? 0) + term(value, place);
    });
    return sums.map((sum) => (sum * size) / values.length);
  };
  const means = meanOf((value) => value);
  const variances = meanOf((value, place) => (value - (means[place] ?? 0)) ** 2);
  return [Float32Array.from(means), Float32Array.from(variances)];
}
