import { DataType, dataTypeName, numericLayout, type NumericArray } from "./dataTypes";
import type { LibTensorFlow } from "./libtensorflow";
import { copyFromNative, copyToNative } from "./memory";
import { int64Array, type Pointer } from "./pointer";
import { readStrings, TSTRING_BYTES, writeStrings } from "./strings";

/** A tensor's values in JavaScript: numbers in row-major order, or the bytes of each string. */
export type TensorValues = NumericArray | Uint8Array[];

/**
 * A new `TF_Tensor` that holds a copy of the values. The caller deletes it, and deallocates its strings.
 *
 * Complex numbers are pairs (real, imaginary). 64-bit integers come as a `BigInt64Array` or, as tfjs-node has them, as
 * an `Int32Array` of (low, high) words.
 *
 * @throws {TypeError} when the values are of another type than the tensor, or not as many as its shape says
 */
export function newTensor(
  tensorflow: LibTensorFlow,
  shape: readonly number[],
  dataType: number,
  values: TensorValues,
): Pointer<"TF_Tensor"> {
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  if (dataType === DataType.STRING) return newStringTensor(tensorflow, shape, elements, values);

  const { bytesPerElement } = numericLayout(dataType);
  if (!ArrayBuffer.isView(values) || !holds(values, dataType)) throw wrongValues(shape, dataType, values);
  const bytes = elements * bytesPerElement;
  if (values.byteLength !== bytes) throw wrongValues(shape, dataType, values);
  const tensor = allocateTensor(tensorflow, shape, dataType, bytes);
  copyToNative(tensorflow.TF_TensorData(tensor), values);
  return tensor;
}

function newStringTensor(
  tensorflow: LibTensorFlow,
  shape: readonly number[],
  elements: number,
  values: TensorValues,
): Pointer<"TF_Tensor"> {
  if (ArrayBuffer.isView(values) || values.length !== elements || !values.every(isBytes)) {
    throw wrongValues(shape, DataType.STRING, values);
  }
  const tensor = allocateTensor(tensorflow, shape, DataType.STRING, elements * TSTRING_BYTES);
  writeStrings(tensorflow, tensorflow.TF_TensorData(tensor), values);
  return tensor;
}

const isBytes = (value: unknown): boolean => value instanceof Uint8Array;

/** A `TF_Tensor` whose values are not set. The caller deletes it. */
export function allocateTensor(
  tensorflow: LibTensorFlow,
  shape: readonly number[],
  dataType: number,
  bytes: number,
): Pointer<"TF_Tensor"> {
  const tensor = tensorflow.TF_AllocateTensor(dataType, int64Array(shape), shape.length, bytes);
  if (bytes === 0 || tensorflow.TF_TensorData(tensor)) return tensor;
  tensorflow.TF_DeleteTensor(tensor);
  throw new Error(`There is no memory for a ${dataTypeName(dataType)} tensor of shape [${shape.join(", ")}]: ${bytes} bytes.`);
}

/** A copy of a tensor's values. A resource is one byte string: its serialized handle. */
export function readTensor(tensorflow: LibTensorFlow, tensor: Pointer<"TF_Tensor">, dataType: number): TensorValues {
  const data = tensorflow.TF_TensorData(tensor);
  if (dataType === DataType.STRING) return readStrings(tensorflow, data, tensorflow.TF_TensorElementCount(tensor));
  const bytes = tensorflow.TF_TensorByteSize(tensor);
  if (dataType === DataType.RESOURCE) return [new Uint8Array(copyFromNative(data, bytes))];
  const { Values } = numericLayout(dataType);
  return new Values(copyFromNative(data, bytes));
}

function holds(values: NumericArray, dataType: number): boolean {
  const { Values } = numericLayout(dataType);
  if (values instanceof Values) return true;
  if (dataType === DataType.INT64) return values instanceof Int32Array;
  return dataType === DataType.UINT8 && values instanceof Uint8ClampedArray;
}

function wrongValues(shape: readonly number[], dataType: number, values: TensorValues): TypeError {
  const received = ArrayBuffer.isView(values) ? values.constructor.name : "array";
  const expected = dataType === DataType.STRING ? "an array of Uint8Array" : `a ${numericLayout(dataType).Values.name}`;
  return new TypeError(
    `A ${dataTypeName(dataType)} tensor of shape [${shape.join(", ")}] takes ${expected} that fills the shape; ` +
      `received ${received} of length ${values.length}.`,
  );
}
