import type { LibTensorFlow } from "./libtensorflow";
import type { Pointer } from "./pointer";

/** An error of TensorFlow's own: its message, and the operation that was asked for. */
export class TensorFlowError extends Error {
  override readonly name = "TensorFlowError";
  readonly operation: string;
  /** `TF_Code`, e.g. 3 for INVALID_ARGUMENT. */
  readonly code: number;

  constructor(operation: string, code: number, message: string) {
    super(`${operation}: ${message}`);
    this.operation = operation;
    this.code = code;
  }
}

/** One `TF_Status`, reused by every call of its owner. */
export class Status {
  readonly pointer: Pointer<"TF_Status">;
  readonly #tensorflow: LibTensorFlow;

  constructor(tensorflow: LibTensorFlow) {
    this.#tensorflow = tensorflow;
    this.pointer = tensorflow.TF_NewStatus();
  }

  throwIfFailed(operation: string): void {
    const code = this.#tensorflow.TF_GetCode(this.pointer);
    if (code !== 0) throw new TensorFlowError(operation, code, this.#tensorflow.TF_Message(this.pointer));
  }

  dispose(): void {
    this.#tensorflow.TF_DeleteStatus(this.pointer);
  }
}
