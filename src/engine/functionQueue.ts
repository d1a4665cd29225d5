import type { LibTensorFlow } from "./libtensorflow";
import type { Pointer } from "./pointer";
import { Status, TensorFlowError } from "./status";

/** More calls than this are not begun before others have ended: each holds its inputs. */
const LONGEST = 8;

export type Explain = (error: TensorFlowError) => Error;

/**
 * Runs functions one after the other in a thread of TensorFlow's, while their caller goes on. Their results are handles at once, and
 * values when they have run. What else is asked of TensorFlow waits for them first ({@link settle}).
 */
export class FunctionQueue {
  readonly #tensorflow: LibTensorFlow;
  readonly #context: Pointer<"TFE_Context">;
  readonly #status: Status;
  /** Runs what it is given in a thread of its own; the other one at once. */
  readonly #behind: Pointer<"TFE_Executor">;
  readonly #atOnce: Pointer<"TFE_Executor">;
  #length = 0;
  #explain: Explain = (error) => error;

  constructor(tensorflow: LibTensorFlow, context: Pointer<"TFE_Context">) {
    this.#tensorflow = tensorflow;
    this.#context = context;
    this.#status = new Status(tensorflow);
    this.#atOnce = tensorflow.TFE_ContextGetExecutorForThread(context);
    const [IS_ASYNC, BATCHES_REMOTE_CALLS, NO_LIMIT] = [1, 0, 0];
    this.#behind = tensorflow.TFE_NewExecutor(IS_ASYNC, BATCHES_REMOTE_CALLS, NO_LIMIT);
  }

  /**
   * @param execute Asks TensorFlow to execute a function.
   * @param explain Says more of an error, which may be thrown long after, by {@link settle}; the same for all calls of a function.
   */
  run<T>(execute: () => T, explain: Explain): T {
    // Of several functions nobody could say which one failed.
    if (this.#length >= LONGEST || this.#explain !== explain) this.settle();
    this.#explain = explain;
    this.#tensorflow.TFE_ContextSetExecutorForThread(this.#context, this.#behind);
    try {
      const results = execute();
      this.#length++;
      return results;
    } catch (error) {
      this.#forget();
      throw error instanceof TensorFlowError ? explain(error) : error;
    } finally {
      this.#tensorflow.TFE_ContextSetExecutorForThread(this.#context, this.#atOnce);
    }
  }

  /**
   * Waits until all functions have run.
   *
   * @throws what one of them failed with, once; those behind it have not run.
   */
  settle(): void {
    if (this.#length === 0) return;
    this.#length = 0;
    this.#tensorflow.TFE_ExecutorWaitForAllPendingNodes(this.#behind, this.#status.pointer);
    try {
      this.#status.throwIfFailed("TFE_ExecutorWaitForAllPendingNodes");
    } catch (error) {
      this.#tensorflow.TFE_ExecutorClearError(this.#behind);
      throw error instanceof TensorFlowError ? this.#explain(error) : error;
    }
  }

  dispose(): void {
    this.#forget();
    this.#tensorflow.TFE_DeleteExecutor(this.#behind);
    this.#tensorflow.TFE_DeleteExecutor(this.#atOnce);
    this.#status.dispose();
  }

  /** Waits too, whatever becomes of them. */
  #forget(): void {
    this.#length = 0;
    this.#tensorflow.TFE_ExecutorWaitForAllPendingNodes(this.#behind, this.#status.pointer);
    this.#tensorflow.TFE_ExecutorClearError(this.#behind);
  }
}
