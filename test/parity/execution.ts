import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { CapturedStep, Step } from "../../src/engine";

/** How computations are run. */
export interface Execution {
  readonly name: "eager" | "captured" | "compiled";
  /** How many computations go into one function: compiling a large one takes less time than many small ones. */
  readonly batchSize: number;
  readonly capture?: (step: Step, inputs: readonly Tensor[]) => CapturedStep;
}

export const eager: Execution = { name: "eager", batchSize: 1 };

/** A computation made ready to run. */
export interface Prepared {
  /** @returns tensors that the caller disposes. */
  run(inputs: readonly Tensor[]): Tensor[];
  dispose(): void;
}

export function prepare({ capture }: Execution, step: Step, inputs: readonly Tensor[]): Prepared {
  if (capture === undefined) return { run: (given) => tidy(() => [...step(given)]), dispose: () => undefined };
  const captured = capture(step, inputs);
  return { run: (given) => captured.call(given), dispose: () => captured.dispose() };
}
