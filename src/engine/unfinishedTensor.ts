import { numericLayout, type NumericArray } from "./dataTypes";
import type { LibTensorFlow } from "./libtensorflow";
import { copyToNative } from "./memory";
import type { Pointer } from "./pointer";
import { allocateTensor } from "./tensors";

/** A `TF_Tensor` of numbers while its values are being written, in row-major order, one piece after the other. */
export class UnfinishedTensor {
  #tensor: Pointer<"TF_Tensor"> | undefined;
  readonly #bytes: number;
  #written = 0;

  /** @param adopt makes a tensor of the binding's, which lives on without the `TF_Tensor` */
  constructor(
    private readonly tensorflow: LibTensorFlow,
    shape: readonly number[],
    dtype: number,
    private readonly adopt: (tensor: Pointer<"TF_Tensor">) => number,
  ) {
    this.#bytes = shape.reduce((product, dimension) => product * dimension, numericLayout(dtype).bytesPerElement);
    this.#tensor = allocateTensor(tensorflow, shape, dtype, this.#bytes);
  }

  /** @throws {RangeError} where the tensor has no room for so many */
  write(values: NumericArray): void {
    const tensor = this.#unfinished();
    if (this.#written + values.byteLength > this.#bytes) {
      throw new RangeError(`A tensor of ${this.#bytes} bytes takes no ${values.byteLength} more after ${this.#written}.`);
    }
    const start = this.tensorflow.TF_TensorData(tensor) + BigInt(this.#written);
    copyToNative(start as Pointer<"data">, values);
    this.#written += values.byteLength;
  }

  /** The number of the finished tensor in the binding. @throws {RangeError} where values are missing */
  finish(): number {
    const tensor = this.#unfinished();
    if (this.#written !== this.#bytes) {
      throw new RangeError(`A tensor of ${this.#bytes} bytes cannot be finished after ${this.#written}.`);
    }
    try {
      return this.adopt(tensor);
    } finally {
      this.dispose();
    }
  }

  dispose(): void {
    if (this.#tensor !== undefined) this.tensorflow.TF_DeleteTensor(this.#tensor);
    this.#tensor = undefined;
  }

  #unfinished(): Pointer<"TF_Tensor"> {
    if (this.#tensor === undefined) throw new Error("The tensor is finished or disposed already.");
    return this.#tensor;
  }
}
