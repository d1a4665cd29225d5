import type { EagerBinding } from "../eagerBinding";
import { AttributeType, type OpAttribute } from "../opAttributes";

/** One thread goes through the operations in a fixed order: what an operation costs besides its work is least. */
const IN_ORDER: readonly OpAttribute[] = [
  { name: "executor_type", type: AttributeType.STRING, value: "SINGLE_THREADED_EXECUTOR" },
];
/** Several threads take what is ready: branches run side by side. */
export const BY_READINESS: readonly OpAttribute[] = [];

/** Calls of one way before it is the other's turn. */
const TURN = 8;
/** The first turn of each, in which TensorFlow prepares the function, does not count. */
const TURNS = 12;

/**
 * TensorFlow's two ways to run a function's graph on the CPU. Both give the same bits, so that both can take turns in the first calls
 * of a function; then the one that took less time stays.
 */
export class GraphExecutors {
  readonly #binding: EagerBinding;
  #calls = 0;
  #begin = 0;
  readonly #times: number[] = [];
  #fastest = IN_ORDER;

  constructor(binding: EagerBinding) {
    this.#binding = binding;
    // Untried on a graphics card, where operations do not run in the thread that starts them.
    if (binding.isUsingGpuDevice()) {
      this.#fastest = BY_READINESS;
      this.#calls = Infinity;
    }
  }

  /** As far as is known. */
  get fastest(): readonly OpAttribute[] {
    return this.#fastest;
  }

  /** Attributes of the function's next call. */
  next(): readonly OpAttribute[] {
    if (this.#calls > TURN * TURNS) return this.#fastest;
    if (this.#calls % TURN === 0) this.#changeTurns();
    const turn = Math.floor(this.#calls++ / TURN);
    return turn >= TURNS ? this.#fastest : turn % 2 === 0 ? IN_ORDER : BY_READINESS;
  }

  #changeTurns(): void {
    this.#binding.settle();
    const now = performance.now();
    if (this.#calls > 0) this.#times.push(now - this.#begin);
    this.#begin = now;
    if (this.#times.length === TURNS && this.#median(1) < this.#median(0)) this.#fastest = BY_READINESS;
  }

  #median(way: 0 | 1): number {
    const times = this.#times.filter((_, turn) => turn > 1 && turn % 2 === way).sort((a, b) => a - b);
    return times[times.length >> 1] ?? Infinity;
  }
}
