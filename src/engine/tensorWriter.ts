import { getBackend, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { TENSORFLOW_BACKEND } from "./backend";
import { TensorMetadata } from "./binding";
import { activeBackend } from "./capturing";
import { DataType } from "./dataTypes";

type NumericType = "float32" | "int32";
type Values = Float32Array | Int32Array;

interface Unfinished {
  write(values: Values): void;
  finish(): Tensor;
  dispose(): void;
}

/**
 * Makes a tensor whose values are written in row-major order, one piece after the other: TensorFlow's memory holds them all, JavaScript's
 * never more than a piece. Dispose it, finished or not.
 */
export class TensorWriter {
  readonly #unfinished: Unfinished;

  constructor(shape: readonly number[], dtype: NumericType) {
    this.#unfinished = getBackend() === TENSORFLOW_BACKEND ? inTensorFlow(shape, dtype) : inJavaScript(shape, dtype);
  }

  /** @throws {RangeError} where the shape has no room for so many */
  write(values: Values): void {
    this.#unfinished.write(values);
  }

  /** @throws where values are missing */
  finish(): Tensor {
    return this.#unfinished.finish();
  }

  dispose(): void {
    this.#unfinished.dispose();
  }
}

function inTensorFlow(shape: readonly number[], dtype: NumericType): Unfinished {
  const backend = activeBackend();
  const type = dtype === "int32" ? DataType.INT32 : DataType.FLOAT;
  const unfinished = backend.eager.newTensor(shape, type);
  return {
    write: (values) => unfinished.write(values),
    finish: () => backend.createOutputTensor(new TensorMetadata(unfinished.finish(), [...shape], type)),
    dispose: () => unfinished.dispose(),
  };
}

/** The other engines hold values as JavaScript has them. */
function inJavaScript(shape: readonly number[], dtype: NumericType): Unfinished {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const all = dtype === "int32" ? new Int32Array(size) : new Float32Array(size);
  let written = 0;
  return {
    write(values) {
      all.set(values, written);
      written += values.length;
    },
    finish() {
      if (written !== size) throw new RangeError(`A tensor of ${size} values cannot be finished after ${written}.`);
      return tensor(all, [...shape], dtype);
    },
    dispose: () => undefined,
  };
}
