import { matMul, maximum, mul, reshape, rsqrt, square, sum, type Tensor, type Tensor3D, transpose } from "@tensorflow/tfjs-core";
import { invalidArgument } from "../arguments";
import type { LayerDocumentation, LayerOptions, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, type Shape, sizeOf } from "../shape";
import { resolveAxis } from "./inputs";
import { floatInputs, MergeLayer } from "./mergeLayer";

export interface DotOptions extends LayerOptions {
  /** The axis that is summed over, or one for each input. Default −1: the last. */
  axes?: number | readonly [number, number] | undefined;
  /** Whether samples are first divided by their length along the axis: the result is the cosine of their angle. Default `false`. */
  normalize?: boolean | undefined;
}

/** The dot product of two inputs along an axis of each, sample by sample. https://keras.io/api/layers/merging_layers/dot/ */
export class Dot extends MergeLayer {
  static override readonly optionNames = optionNames<DotOptions>({ axes: true, normalize: true });

  readonly axes: readonly [number, number];
  readonly normalize: boolean;
  protected override readonly exactInputs = 2;

  constructor(options: DotOptions = {}) {
    super(options);
    const axes: unknown = options.axes ?? -1;
    const pair: unknown[] = Array.isArray(axes) ? axes : [axes, axes];
    const [first, second] = pair;
    if (pair.length !== 2 || typeof first !== "number" || typeof second !== "number") {
      throw invalidArgument(this, "layers.dot({ axes })", "a whole number, or a list of two", axes);
    }
    this.axes = [first, second];
    this.normalize = options.normalize ?? false;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Multiplies two inputs along an axis of each and sums: how alike they are.",
      formula: String.raw`y_{ij} = \sum_k a_{ik}\, b_{jk}`,
      source: "https://keras.io/api/layers/merging_layers/dot/",
    };
  }

  /** The mask ends here. */
  override get supportsMasking(): boolean {
    return false;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { batch, rows, columns } = this.parts(inputShape);
    const places = [...rows, ...columns];
    return [batch, ...(places.length === 0 ? [1] : places)];
  }

  override flops(inputShape: Shape | readonly Shape[]): number | null {
    const { rows, columns, depth } = this.parts(inputShape);
    const products = sizeOf([...rows, ...columns, depth]);
    return products === null ? null : 2 * products;
  }

  override call(inputs: TensorInputs): Tensor {
    const [a, b] = floatInputs(inputs) as [Tensor, Tensor];
    const left = this.asRows(a, this.axes[0]);
    const right = this.asRows(b, this.axes[1]);
    return reshape(matMul(left, right, false, true), this.computeOutputShape([a.shape, b.shape]) as number[]);
  }

  /** (batch, …) as (batch, other places, summed axis). */
  private asRows(x: Tensor, axis: number): Tensor3D {
    const summed = axis < 0 ? axis + x.rank : axis;
    const others = x.shape.map((_, index) => index).filter((index) => index !== 0 && index !== summed);
    const last = summed === x.rank - 1 ? x : transpose(x, [0, ...others, summed]);
    const rows: Tensor3D = reshape(last, [x.shape[0], -1, x.shape[summed] ?? 1]);
    return this.normalize ? unitLength(rows) : rows;
  }

  private parts(inputShape: Shape | readonly Shape[]): {
    batch: number | null;
    rows: Shape;
    columns: Shape;
    depth: number | null;
  } {
    const shapes = this.inputShapes(inputShape);
    const [a = [], b = []] = shapes;
    const first = resolveAxis(this, this.axes[0], a);
    const second = resolveAxis(this, this.axes[1], b);
    const [depth = null, other = null] = [a[first], b[second]];
    if (depth !== null && other !== null && depth !== other) {
      throw this.mismatch(
        `${this.name} sums over axis ${first} of ${formatShape(a)} and axis ${second} of ${formatShape(b)}, which must have equal sizes; they have ${depth} and ${other}.`,
      );
    }
    const rest = (shape: Shape, summed: number): Shape => shape.filter((_, axis) => axis !== 0 && axis !== summed);
    return { batch: a[0] ?? null, rows: rest(a, first), columns: rest(b, second), depth: depth ?? other };
  }
}

/** The square of the shortest length by which Keras divides: a zero vector stays one. */
const SHORTEST_SQUARED = 1e-14;

function unitLength(x: Tensor3D): Tensor3D {
  const lengthSquared: Tensor3D = sum(square(x), -1, true);
  return mul(x, rsqrt(maximum(lengthSquared, SHORTEST_SQUARED)));
}
