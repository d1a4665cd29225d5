import {
  type ArrayData,
  isShaped,
  isTypedArray,
  type NamedArrays,
  type NestedArray,
  type ShapedValues,
  shapeMismatch,
} from "../../dsl/arrayData";
import { show } from "../../nn/arguments";
import { TrainingError } from "../errors";
import { type Column, type Samples, sampleSize, type SourceSamples } from "./samples";

/** Data given in the model file. @throws TrainingError where an array is ragged, or x and y differ in length. */
export function readArrays(x: NamedArrays, y: NamedArrays): SourceSamples {
  return { title: "arrays({ x, y })", samples: toSamples(x, y) };
}

function toSamples(x: NamedArrays, y: NamedArrays): Samples {
  const columns = [toColumns(x, "x"), toColumns(y, "y")] as const;
  const lengths = columns.flat().map(({ label, count }) => `${label} has ${count}`);
  const count = columns[0][0]?.count ?? 0;
  if (columns.flat().some((column) => column.count !== count)) {
    throw new TrainingError(`arrays({ x, y }) takes as many inputs as labels: ${lengths.join(", ")} samples.`);
  }
  return { x: columns[0].map(({ column }) => column), y: columns[1].map(({ column }) => column), count };
}

type HeldValues = Float32Array | Int32Array | Uint8Array;

interface CountedColumn {
  readonly label: string;
  readonly column: Column;
  readonly count: number;
}

function toColumns(data: NamedArrays, label: string): CountedColumn[] {
  return namedArrays(data).map(([name, array]) => {
    const place = name === undefined ? label : `${label}.${name}`;
    const { values, shape } = toDense(array, place);
    const [count = 0, ...sample] = shape;
    return { label: place, column: { name, values, shape: sample }, count };
  });
}

/** One nameless array, or each of a map with its name. */
export function namedArrays(data: NamedArrays): readonly [name: string | undefined, array: ArrayData][] {
  return isArrayData(data) ? [[undefined, data]] : Object.entries(data);
}

function isArrayData(data: NamedArrays): data is ArrayData {
  return Array.isArray(data) || isTypedArray(data) || isShaped(data);
}

/** The values in row-major order with their shape. @throws TrainingError where the array is ragged or is not made of numbers. */
export function toDense(array: ArrayData, place: string): { values: HeldValues; shape: readonly number[] } {
  if (isTypedArray(array)) return { values: toColumnValues(array, place), shape: [array.length] };
  if (isShaped(array)) {
    const mismatch = shapeMismatch(array);
    if (mismatch !== undefined) throw new TrainingError(`${place}: ${mismatch}. Correct the shape or the values.`);
    return { values: toColumnValues(array.values, place), shape: array.shape };
  }
  if (!Array.isArray(array)) {
    throw new TrainingError(`${place}: expected nested arrays, a typed array or { values, shape }; received ${show(array)}.`);
  }
  const shape = shapeOf(array);
  const values = new Float32Array(sampleSize(shape));
  fill(array, shape, 0, values, 0, place);
  return { values, shape };
}

/** As they are where a column can hold them, else as 32-bit floats. */
function toColumnValues(values: ShapedValues["values"], place: string): HeldValues {
  if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array) return values;
  if (isTypedArray(values)) return Float32Array.from<number | bigint>(values, Number);
  const floats = new Float32Array(values.length);
  fill(values, [values.length], 0, floats, 0, `${place}.values`);
  return floats;
}

function shapeOf(nested: NestedArray): number[] {
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = (level as unknown[])[0]) shape.push(level.length);
  return shape;
}

function fill(
  nested: NestedArray,
  shape: readonly number[],
  axis: number,
  values: Float32Array,
  offset: number,
  place: string,
): void {
  const expected = shape[axis] ?? 0;
  if (nested.length !== expected) {
    throw new TrainingError(
      `${place} is ragged: expected ${expected} entries, as in ${place.replace(/\[\d+\]/g, "[0]")}; received ${nested.length}.`,
    );
  }
  const stride = sampleSize(shape.slice(axis + 1));
  nested.forEach((entry: unknown, index) => {
    const at = `${place}[${index}]`;
    const isLeaf = axis === shape.length - 1;
    if (!isLeaf && Array.isArray(entry)) fill(entry as NestedArray, shape, axis + 1, values, offset + index * stride, at);
    else if (isLeaf && typeof entry === "number") values[offset + index] = entry;
    else
      throw new TrainingError(
        `${at}: expected ${isLeaf ? "a number" : "an array"}, received ${Array.isArray(entry) ? "an array" : String(entry)}.`,
      );
  });
}
