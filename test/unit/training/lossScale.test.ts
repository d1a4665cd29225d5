import "@tensorflow/tfjs-backend-cpu";
import { scalar, tensor1d } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { LossScale } from "../../../src/training/loop/lossScale";

const made = { trainable: [scalar(2)], nonTrainable: [scalar(4)], slots: [[scalar(6)]], lossScale: [], totals: [scalar(8)] };
const before = { trainable: [scalar(1)], nonTrainable: [scalar(3)], slots: [[scalar(5)]], lossScale: [], totals: [scalar(7)] };

/** Weight, moving statistics, slot, loss scale and totals after a step. */
function after([scale, finiteSteps, skippedSteps]: readonly [number, number, number], gradient: number): number[] {
  const lossScale = LossScale.of([scalar(scale), scalar(finiteSteps), scalar(skippedSteps)]);
  const state = lossScale?.skipUnlessFinite([undefined, tensor1d([1, gradient])], made, before);
  if (state === undefined) throw new Error("There is a scale.");
  const { trainable, nonTrainable, slots, totals } = state;
  return [...trainable, ...nonTrainable, ...slots.flat(), ...state.lossScale, ...totals].map(
    (tensor) => tensor.dataSync()[0] ?? NaN,
  );
}

/** What Keras 3.15's `LossScaleOptimizer` does with its `dynamic_scale` and `step_counter`. */
test.each([
  ["counts a finite step", [1024, 7, 2], 1, [2, 4, 6, 1024, 8, 2, 8]],
  ["doubles after 2000 of them", [1024, 1999, 2], 1, [2, 4, 6, 2048, 0, 2, 8]],
  ["halves and skips what is infinite", [1024, 1999, 2], Infinity, [1, 4, 5, 512, 0, 3, 8]],
  ["halves and skips what is no number", [1024, 0, 0], NaN, [1, 4, 5, 512, 0, 1, 8]],
] as const)("a loss scale %s", (_name, scale, gradient, expected) => {
  expect(after(scale, gradient)).toEqual(expected);
});

test("only float16 is scaled", () => {
  expect(LossScale.initialState("mixedFloat16").map((tensor) => tensor.dataSync()[0])).toEqual([2 ** 15, 0, 0]);
  for (const precision of ["float32", "mixedBfloat16"] as const) expect(LossScale.initialState(precision)).toEqual([]);
  expect(LossScale.of([])).toBeUndefined();
});
