import { show } from "../nn/arguments";
import { sizeOf } from "../nn/shape";
import {
  type ArrayData,
  isShaped,
  isTypedArray,
  type NamedArrays,
  type NestedArray,
  type ShapedValues,
  shapeMismatch,
} from "./arrayData";

/** What is wrong with an array. `path` leads from it, or from `arrays`' argument, to the place. */
export class ArrayError extends Error {
  override readonly name = "ArrayError";

  constructor(
    message: string,
    readonly path: readonly (string | number)[],
  ) {
    super(message);
  }
}

export type HeldValues = Float32Array | Int32Array | Uint8Array;

/** Values in row-major order with their shape. */
export interface DenseArray {
  readonly values: HeldValues;
  readonly shape: readonly number[];
}

/** One array of `arrays({ x, y })`. */
export interface ArrayColumn {
  /** The input or output it is meant for; `undefined` where there is only one. */
  readonly name: string | undefined;
  /** As the learner writes it: `x.a`. */
  readonly label: string;
  readonly values: HeldValues;
  /** The shape of one sample. */
  readonly shape: readonly number[];
  readonly count: number;
}

export interface ArrayColumns {
  readonly x: readonly ArrayColumn[];
  readonly y: readonly ArrayColumn[];
  readonly count: number;
}

/** @throws ArrayError where an array is ragged or holds no numbers, or x and y differ in length. */
export function arrayColumns(x: NamedArrays, y: NamedArrays): ArrayColumns {
  const columns = { x: toColumns(x, "x"), y: toColumns(y, "y") };
  const all = [...columns.x, ...columns.y];
  const count = all[0]?.count ?? 0;
  if (all.some((column) => column.count !== count)) {
    const lengths = all.map(({ label, count: own }) => `${label} has ${own}`);
    throw new ArrayError(`arrays({ x, y }) takes as many inputs as labels: ${lengths.join(", ")} samples.`, ["y"]);
  }
  return { ...columns, count };
}

function toColumns(data: NamedArrays, side: "x" | "y"): ArrayColumn[] {
  return namedArrays(data).map(([name, array]) => {
    const label = name === undefined ? side : `${side}.${name}`;
    const { values, shape } = denseArray(array, label, name === undefined ? [side] : [side, name]);
    const [count = 0, ...sample] = shape;
    return { name, label, values, shape: sample, count };
  });
}

/** One nameless array, or each of a map with its name. */
export function namedArrays(data: NamedArrays): readonly [name: string | undefined, array: ArrayData][] {
  return isArrayData(data) ? [[undefined, data]] : Object.entries(data);
}

function isArrayData(data: NamedArrays): data is ArrayData {
  return Array.isArray(data) || isTypedArray(data) || isShaped(data);
}

/**
 * @param place As messages name the array.
 * @throws ArrayError where the array is ragged or is not made of numbers.
 */
export function denseArray(array: ArrayData, place: string, path: ArrayError["path"] = []): DenseArray {
  if (isTypedArray(array)) return { values: toHeldValues(array, place, path), shape: [array.length] };
  if (isShaped(array)) {
    const mismatch = shapeMismatch(array);
    if (mismatch !== undefined) throw new ArrayError(`${place}: ${mismatch}. Correct the shape or the values.`, path);
    return { values: toHeldValues(array.values, `${place}.values`, [...path, "values"]), shape: array.shape };
  }
  if (!Array.isArray(array)) {
    throw new ArrayError(`${place}: expected nested arrays, a typed array or { values, shape }; received ${show(array)}.`, path);
  }
  const shape = shapeOf(array);
  const values = new Float32Array(sizeOf(shape));
  new Filling(shape, values, place, path).fill(array, 0, []);
  return { values, shape };
}

/** As they are where they can be held, else as 32-bit floats. */
function toHeldValues(values: ShapedValues["values"], place: string, path: ArrayError["path"]): HeldValues {
  if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array) return values;
  if (isTypedArray(values)) return Float32Array.from<number | bigint>(values, Number);
  const floats = new Float32Array(values.length);
  new Filling([values.length], floats, place, path).fill(values, 0, []);
  return floats;
}

function shapeOf(nested: NestedArray): number[] {
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = (level as unknown[])[0]) shape.push(level.length);
  return shape;
}

/** Writes a nested array's values one after the other. */
class Filling {
  private offset = 0;

  constructor(
    private readonly shape: readonly number[],
    private readonly values: Float32Array,
    private readonly place: string,
    private readonly path: ArrayError["path"],
  ) {}

  fill(nested: readonly unknown[], axis: number, indices: readonly number[]): void {
    const expected = this.shape[axis] ?? 0;
    if (nested.length !== expected) {
      const first = this.place + indices.map(() => "[0]").join("");
      throw this.error(indices, ` is ragged: expected ${expected} entries, as in ${first}; received ${nested.length}.`);
    }
    const isLeaf = axis === this.shape.length - 1;
    for (let index = 0; index < nested.length; index++) {
      const entry = nested[index];
      if (isLeaf && typeof entry === "number") this.values[this.offset++] = entry;
      else if (!isLeaf && Array.isArray(entry)) this.fill(entry, axis + 1, [...indices, index]);
      else {
        const received = Array.isArray(entry) ? "an array" : show(entry);
        throw this.error([...indices, index], `: expected ${isLeaf ? "a number" : "an array"}, received ${received}.`);
      }
    }
  }

  private error(indices: readonly number[], what: string): ArrayError {
    return new ArrayError(this.place + indices.map((index) => `[${index}]`).join("") + what, [...this.path, ...indices]);
  }
}
