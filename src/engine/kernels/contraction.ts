import { DataType } from "../dataTypes";
import { AttributeType, type OpAttribute } from "../opAttributes";
import type { RecordedTensor, RecordingBinding } from "../recording/recordingBinding";
import { isSquare, polynomial, sizeOf, type Term } from "./polynomial";

/** How much smaller the operands and the result must be than what broadcasting would make of them. */
const LEAST_SAVING = 8;
const LEAST_SIZE = 2 ** 14;

/**
 * The sum of a recorded tensor over some of its axes, where that tensor is a polynomial of much smaller ones that broadcasting has spread:
 * Σ (a − b)² is Σa² − 2 Σab + Σb², and Σab a matrix product, so that the large tensor is never made. The terms may cancel, so that they are
 * computed in double precision: the result is then as exact as that of the plain sum.
 *
 * @param keepDims whether the summed axes stay, at size 1
 * @returns `undefined` where there is nothing to gain
 */
export function contractedSum(
  tensor: RecordedTensor,
  axes: readonly number[],
  keepDims: boolean,
  binding: RecordingBinding,
): RecordedTensor | undefined {
  const { shape } = tensor.metadata;
  const size = sizeOf(tensor);
  if (size < LEAST_SIZE || axes.length === 0) return undefined;
  const terms = polynomial(tensor, binding);
  if (terms === undefined) return undefined;
  const result = shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension));
  const factors = new Set(terms.flatMap((term) => term.factors));
  const moved = [...factors].reduce((sum, factor) => sum + sizeOf(factor), elements(result));
  if (size < LEAST_SAVING * moved) return undefined;
  const contraction = new Contraction(binding, shape, axes, terms.length > 1 ? DataType.DOUBLE : DataType.FLOAT);
  const sum = contraction.sumOf(terms);
  if (sum === undefined) return undefined;
  const positive = terms.length > 1 && isSquare(tensor, binding) ? contraction.atLeastZero(sum) : sum;
  const whole = contraction.finish(positive, result);
  return keepDims
    ? whole
    : contraction.reshape(
        whole,
        shape.filter((_, axis) => !axes.includes(axis)),
      );
}

/** Products of tensors, summed over some axes of the shape that they broadcast to. */
class Contraction {
  constructor(
    private readonly binding: RecordingBinding,
    private readonly shape: readonly number[],
    private readonly axes: readonly number[],
    private readonly dtype: number,
  ) {}

  sumOf(terms: readonly Term[]): RecordedTensor | undefined {
    let total: RecordedTensor | undefined;
    for (const term of terms) {
      const value = this.valueOf(term);
      if (value === undefined) return undefined;
      total = total === undefined ? value : this.run("AddV2", [total, value]);
    }
    return total;
  }

  atLeastZero(tensor: RecordedTensor): RecordedTensor {
    return this.run("Maximum", [tensor, this.constant(0)]);
  }

  finish(tensor: RecordedTensor, shape: readonly number[]): RecordedTensor {
    const single = this.dtype === DataType.FLOAT ? tensor : this.cast(tensor, DataType.FLOAT);
    const isWhole = single.metadata.shape.every((dimension, axis) => dimension === shape[axis]);
    return isWhole ? single : this.run("BroadcastTo", [single, this.integers(shape)], [typeOf("T", DataType.FLOAT)]);
  }

  reshape(tensor: RecordedTensor, shape: readonly number[]): RecordedTensor {
    const attributes = [typeOf("T", tensor.metadata.dtype), typeOf("Tshape", DataType.INT32)];
    return this.run("Reshape", [tensor, this.integers(shape)], attributes);
  }

  /** Of the shape's rank, summed axes at size 1. */
  private valueOf({ coefficient, factors }: Term): RecordedTensor | undefined {
    const [first, second, ...others] = this.combined(factors.map((factor) => this.prepared(factor)));
    if (first === undefined || others.length > 0) return undefined;
    const [a, b] = second === undefined ? [first] : [first, second];
    const missing = this.axes.filter((axis) => !has(a, axis) && (b === undefined || !has(b, axis)));
    const repeats = missing.reduce((count, axis) => count * (this.shape[axis] ?? 1), 1);
    const sum = b === undefined ? this.reduce(a, this.axes) : this.product(a, b);
    const scale = coefficient * repeats;
    return scale === 1 ? sum : this.run("Mul", [sum, this.constant(scale)]);
  }

  /** Multiplies factors as long as the product is no larger than one of the two. */
  private combined(factors: readonly RecordedTensor[]): readonly RecordedTensor[] {
    for (const [index, small] of factors.entries()) {
      const other = factors.findIndex((large, place) => place !== index && covers(large, small));
      const large = factors[other];
      if (large === undefined) continue;
      const rest = factors.filter((_, place) => place !== index && place !== other);
      return this.combined([...rest, this.run("Mul", [large, small])]);
    }
    return factors;
  }

  /** Σ ab, where neither covers the other. */
  private product(a: RecordedTensor, b: RecordedTensor): RecordedTensor {
    const left = this.reduce(
      a,
      this.axes.filter((axis) => !has(b, axis)),
    );
    const right = this.reduce(
      b,
      this.axes.filter((axis) => !has(a, axis)),
    );
    const result = this.shape.map((_, axis) =>
      this.axes.includes(axis) ? 1 : Math.max(left.metadata.shape[axis] ?? 1, right.metadata.shape[axis] ?? 1),
    );
    if (!this.axes.some((axis) => has(left, axis))) return this.run("Mul", [left, right]);
    const equation = `${letters(left.metadata.shape)},${letters(right.metadata.shape)}->${letters(result)}`;
    const attributes = [
      typeOf("T", this.dtype),
      { name: "N", type: AttributeType.INT, value: 2 },
      { name: "equation", type: AttributeType.STRING, value: equation },
    ];
    return this.reshape(this.run("Einsum", [this.squeezed(left), this.squeezed(right)], attributes), result);
  }

  private reduce(tensor: RecordedTensor, axes: readonly number[]): RecordedTensor {
    const present = axes.filter((axis) => has(tensor, axis));
    if (present.length === 0) return tensor;
    const keep = { name: "keep_dims", type: AttributeType.BOOL, value: true };
    return this.run("Sum", [tensor, this.integers(present)], [typeOf("T", this.dtype), typeOf("Tidx", DataType.INT32), keep]);
  }

  /** In the precision of the sum, and of the shape's rank. */
  private prepared(factor: RecordedTensor): RecordedTensor {
    const { shape } = factor.metadata;
    const missing = Array.from({ length: this.shape.length - shape.length }, () => 1);
    const exact = this.dtype === DataType.FLOAT ? factor : this.cast(factor, this.dtype);
    return missing.length === 0 ? exact : this.reshape(exact, [...missing, ...shape]);
  }

  private squeezed(tensor: RecordedTensor): RecordedTensor {
    const shape = tensor.metadata.shape.filter((dimension) => dimension > 1);
    return shape.length === tensor.metadata.shape.length ? tensor : this.reshape(tensor, shape);
  }

  private cast(tensor: RecordedTensor, dtype: number): RecordedTensor {
    return this.run("Cast", [tensor], [typeOf("SrcT", tensor.metadata.dtype), typeOf("DstT", dtype)]);
  }

  private constant(value: number): RecordedTensor {
    const values = this.dtype === DataType.DOUBLE ? Float64Array.of(value) : Float32Array.of(value);
    return this.binding.tensor(this.binding.createTensor([], this.dtype, values));
  }

  private integers(values: readonly number[]): RecordedTensor {
    return this.binding.tensor(this.binding.createTensor([values.length], DataType.INT32, Int32Array.from(values)));
  }

  private run(
    opName: string,
    inputs: readonly RecordedTensor[],
    attributes: readonly OpAttribute[] = [typeOf("T", this.dtype)],
  ): RecordedTensor {
    const [output] = this.binding.executeOp(
      opName,
      attributes,
      inputs.map(({ metadata }) => metadata.id),
      1,
    );
    if (!output) throw new Error(`${opName}: TensorFlow returned nothing.`);
    return this.binding.tensor(output.id);
  }
}

const typeOf = (name: string, value: number): OpAttribute => ({ name, type: AttributeType.TYPE, value });

const has = ({ metadata: { shape } }: RecordedTensor, axis: number): boolean => (shape[axis] ?? 1) > 1;

const covers = (large: RecordedTensor, small: RecordedTensor): boolean =>
  small.metadata.shape.every((_, axis) => has(large, axis) || !has(small, axis));

const letters = (shape: readonly number[]): string =>
  shape.flatMap((dimension, axis) => (dimension > 1 ? String.fromCharCode("a".charCodeAt(0) + axis) : [])).join("");

const elements = (shape: readonly number[]): number => shape.reduce((size, dimension) => size * dimension, 1);
