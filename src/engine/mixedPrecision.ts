import { getBackend } from "@tensorflow/tfjs-core";
import { TENSORFLOW_BACKEND } from "./backend";
import { activeBackend } from "./capturing";
import { DataType } from "./dataTypes";

/** What matrix products and convolutions are computed in. All else is computed, and everything is held, in 32-bit floats. */
export type Precision = "float32" | "mixedBfloat16" | "mixedFloat16";

const HALF_TYPES: Readonly<Record<Precision, number | undefined>> = {
  float32: undefined,
  mixedBfloat16: DataType.BFLOAT16,
  mixedFloat16: DataType.HALF,
};

/** Why the engine in use cannot compute in a precision; `undefined` where it can. */
export function precisionObstacle(precision: Precision): string | undefined {
  const name = getBackend();
  if (precision === "float32" || name === TENSORFLOW_BACKEND) return undefined;
  return `The engine "${name}" computes in 32-bit floats alone; precision: "${precision}" needs TensorFlow.`;
}

/**
 * Runs `body`, recorded or not, with its matrix products and convolutions in a precision: their inputs are rounded to it, their results
 * are 32-bit floats again, as `torch.autocast` has it.
 *
 * @throws {Error} where the engine in use cannot: see {@link precisionObstacle}
 */
export function withPrecision<T>(precision: Precision, body: () => T): T {
  const halfType = HALF_TYPES[precision];
  if (halfType === undefined) return body();
  const obstacle = precisionObstacle(precision);
  if (obstacle !== undefined) throw new Error(obstacle);
  return activeBackend().computeIn(halfType, body);
}
