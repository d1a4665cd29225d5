import type { LibTensorFlow } from "./libtensorflow";
import { copyFromNative } from "./memory";
import type { Pointer } from "./pointer";

/** Size of a `TF_TString`, TensorFlow's string: inline up to 22 bytes, on its heap beyond (tf_tstring.h). */
export const TSTRING_BYTES = 24;

export function writeStrings(tensorflow: LibTensorFlow, data: Pointer<"data">, values: readonly Uint8Array[]): void {
  values.forEach((value, index) => {
    const string = stringAt(data, index);
    tensorflow.TF_StringInit(string);
    tensorflow.TF_StringCopy(string, value, value.byteLength);
  });
}

export function readStrings(tensorflow: LibTensorFlow, data: Pointer<"data">, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const string = stringAt(data, index);
    const bytes = tensorflow.TF_StringGetSize(string);
    return new Uint8Array(copyFromNative(tensorflow.TF_StringGetDataPointer(string), bytes));
  });
}

export function deallocateStrings(tensorflow: LibTensorFlow, data: Pointer<"data">, count: number): void {
  for (let index = 0; index < count; index++) tensorflow.TF_StringDealloc(stringAt(data, index));
}

function stringAt(data: Pointer<"data">, index: number): Pointer<"TF_TString"> {
  return (data + BigInt(index * TSTRING_BYTES)) as Pointer<"TF_TString">;
}
