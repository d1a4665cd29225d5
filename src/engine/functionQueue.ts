import type { LibTensorFlow } from "./libtensorflow";
import type { Pointer } from "./pointer";
import { Status, TensorFlowError } from "./status";

/** More calls than this are not begun before others have ended: each holds its inputs. */
const LONGEST = 8;

/** Says more of an error, if it can: `undefined` where it was not this call that failed. */
export type Explain = (error: TensorFlowError) => TensorFlowError | undefined;

/**
 * Runs calls of a function one after the other in a thread of TensorFlow's, while their caller goes on. Their results are handles at
 * once, and values when they have run. What else is asked of TensorFlow waits for them first ({@link settle}).
 */
export class FunctionQueue {
  readonly #tensorflow: LibTensorFlow;
  readonly #context: Pointer<"TFE_Context">;
  readonly #status: Status;
  /** Runs what it is given in a thread of its own; the other one at once. */
  readonly #behind: Pointer<"TFE_Executor">;
  readonly #atOnce: Pointer<"TFE_Executor">;
  #functionName = "";
  #calls: Explain[] = [];

  constructor(tensorflow: LibTensorFlow, context: Pointer<"TFE_Context">) {
    this.#tensorflow = tensorflow;
    this.#context = context;
    this.#status = new Status(tensorflow);
    this.#atOnce = tensorflow.TFE_ContextGetExecutorForThread(context);
    const [IS_ASYNC, BATCHES_REMOTE_CALLS, NO_LIMIT] = [1, 0, 0];
    this.#behind = tensorflow.TFE_NewExecutor(IS_ASYNC, BATCHES_REMOTE_CALLS, NO_LIMIT);
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  /** Whether a call can join those under way: of several functions nobody could say which one failed. */
  takes(functionName: string): boolean {
    return this.isEmpty || (this.#functionName === functionName && this.#calls.length < LONGEST);
  }

  /** @param execute Asks TensorFlow to execute the function. */
  run<T>(functionName: string, execute: () => T, explain: Explain): T {
    this.#functionName = functionName;
    this.#calls.push(explain);
    this.#tensorflow.TFE_ContextSetExecutorForThread(this.#context, this.#behind);
    try {
      return execute();
    } catch (error) {
      throw error instanceof TensorFlowError ? this.#failed(error) : error;
    } finally {
      this.#tensorflow.TFE_ContextSetExecutorForThread(this.#context, this.#atOnce);
    }
  }

  /**
   * Waits until all calls have run.
   *
   * @throws {TensorFlowError} what one of them failed with, once; those behind it have not run
   */
  settle(): void {
    if (this.isEmpty) return;
    this.#tensorflow.TFE_ExecutorWaitForAllPendingNodes(this.#behind, this.#status.pointer);
    try {
      this.#status.throwIfFailed(this.#functionName);
    } catch (error) {
      throw error instanceof TensorFlowError ? this.#failed(error) : error;
    }
    this.#calls = [];
  }

  dispose(): void {
    this.#clear();
    this.#tensorflow.TFE_DeleteExecutor(this.#behind);
    this.#tensorflow.TFE_DeleteExecutor(this.#atOnce);
    this.#status.dispose();
  }

  #failed(error: TensorFlowError): TensorFlowError {
    for (const explain of this.#clear()) {
      const explained = explain(error);
      if (explained !== undefined) return explained;
    }
    return error;
  }

  /** Waits, whatever becomes of them. @returns the calls that were under way */
  #clear(): readonly Explain[] {
    const calls = this.#calls;
    this.#calls = [];
    this.#tensorflow.TFE_ExecutorWaitForAllPendingNodes(this.#behind, this.#status.pointer);
    this.#tensorflow.TFE_ExecutorClearError(this.#behind);
    return calls;
  }
}
