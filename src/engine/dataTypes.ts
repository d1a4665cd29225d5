/** `TF_DataType`: TensorFlow's element types under their C names without the prefix. */
export const DataType = {
  FLOAT: 1,
  DOUBLE: 2,
  INT32: 3,
  UINT8: 4,
  INT16: 5,
  INT8: 6,
  STRING: 7,
  COMPLEX64: 8,
  INT64: 9,
  BOOL: 10,
  BFLOAT16: 14,
  UINT16: 17,
  COMPLEX128: 18,
  HALF: 19,
  RESOURCE: 20,
  VARIANT: 21,
  UINT32: 22,
  UINT64: 23,
} as const;

export type NumericArray =
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | BigInt64Array
  | BigUint64Array;

interface NumericLayout {
  /** The array that holds this type's values in JavaScript; 16-bit floats appear as their bits. */
  readonly Values: new (buffer: ArrayBuffer) => NumericArray;
  /** Numbers of that array for one element: 2 for complex types. */
  readonly numbersPerElement: number;
  readonly bytesPerElement: number;
}

const layout = (
  Values: (new (buffer: ArrayBuffer) => NumericArray) & { readonly BYTES_PER_ELEMENT: number },
  numbersPerElement = 1,
): NumericLayout => ({ Values, numbersPerElement, bytesPerElement: Values.BYTES_PER_ELEMENT * numbersPerElement });

const NUMERIC_LAYOUTS: ReadonlyMap<number, NumericLayout> = new Map([
  [DataType.FLOAT, layout(Float32Array)],
  [DataType.DOUBLE, layout(Float64Array)],
  [DataType.INT32, layout(Int32Array)],
  [DataType.UINT8, layout(Uint8Array)],
  [DataType.INT16, layout(Int16Array)],
  [DataType.INT8, layout(Int8Array)],
  [DataType.COMPLEX64, layout(Float32Array, 2)],
  [DataType.INT64, layout(BigInt64Array)],
  [DataType.BOOL, layout(Uint8Array)],
  [DataType.BFLOAT16, layout(Uint16Array)],
  [DataType.UINT16, layout(Uint16Array)],
  [DataType.COMPLEX128, layout(Float64Array, 2)],
  [DataType.HALF, layout(Uint16Array)],
  [DataType.UINT32, layout(Uint32Array)],
  [DataType.UINT64, layout(BigUint64Array)],
]);

/** @throws {TypeError} when the type's values are no numbers */
export function numericLayout(dataType: number): NumericLayout {
  const found = NUMERIC_LAYOUTS.get(dataType);
  if (!found) throw new TypeError(`Values of the type ${dataTypeName(dataType)} cannot be exchanged with JavaScript.`);
  return found;
}

export function dataTypeName(dataType: number): string {
  const entry = Object.entries(DataType).find(([, value]) => value === dataType);
  return `TF_${entry?.[0] ?? `DataType ${dataType}`}`;
}
