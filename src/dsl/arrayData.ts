import { sizeOf } from "../nn/shape";

export type NestedArray = readonly (number | NestedArray)[];

export type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | BigInt64Array
  | BigUint64Array;

/** Values in row-major order; the first dimension of `shape` counts the samples. */
export interface ShapedValues {
  readonly values: TypedArray | readonly number[];
  readonly shape: readonly number[];
}

/** Nested arrays, a typed array (one value a sample), or values with a shape whose first dimension counts the samples. */
export type ArrayData = NestedArray | TypedArray | ShapedValues;
/** One array, or a map of them by input or output name. */
export type NamedArrays = ArrayData | Readonly<Record<string, ArrayData>>;

export function isTypedArray(data: unknown): data is TypedArray {
  return ArrayBuffer.isView(data) && !(data instanceof DataView);
}

/** Whether data are values with their shape. A map of arrays that are named so is none: its values are nested, or its shape is no list of numbers. */
export function isShaped(data: unknown): data is ShapedValues {
  if (typeof data !== "object" || data === null || Array.isArray(data) || isTypedArray(data)) return false;
  const { values, shape } = data as Partial<Record<keyof ShapedValues, unknown>>;
  return isFlatList(shape) && (isTypedArray(values) || isFlatList(values));
}

/** What is wrong with a shape, in words; `undefined` where it fits its values. */
export function shapeMismatch({ values, shape }: ShapedValues): string | undefined {
  if (!shape.every((dimension) => Number.isSafeInteger(dimension) && dimension >= 0)) {
    return `expected a shape of whole numbers such as [100, 28, 28], received [${shape.join(", ")}]`;
  }
  const expected = sizeOf(shape);
  return expected === values.length
    ? undefined
    : `expected ${expected} values, as its shape [${shape.join(", ")}] says; received ${values.length}`;
}

function isFlatList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !value.some((entry) => typeof entry === "object");
}
