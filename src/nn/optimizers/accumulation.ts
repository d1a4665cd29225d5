import { add, div, equal, floor, type Tensor, where, zerosLike } from "@tensorflow/tfjs-core";
import type { Apply } from "./weightState";

/**
 * Sums up gradients in each weight's first slot, and applies their mean every `steps` steps. As in Keras, the moving average and the
 * learning rate's schedule go on with every step.
 */
export function accumulating(steps: number, apply: Apply): Apply {
  return (weights, inputs) => {
    const isDue = isMultiple(inputs.iteration, steps);
    const own = weights.map(({ slots }) => slots.slice(1));
    const sums = weights.map(({ gradient, slots: [sum] }) => gradient && sum && add<Tensor>(gradient, sum));
    const updates = apply(
      weights.map((weight, index) => ({ ...weight, gradient: sums[index] && div(sums[index], steps), slots: own[index] ?? [] })),
      inputs,
    );
    return updates.map(({ value, slots }, index) => {
      const before = weights[index];
      const sum = sums[index];
      if (before === undefined || sum === undefined) return before ?? { value, slots };
      return {
        value: where(isDue, value, before.value),
        slots: [
          where(isDue, zerosLike(sum), sum),
          ...slots.map((slot, place) => where(isDue, slot, before.slots[place + 1] as Tensor)),
        ],
      };
    });
  };
}

/** The number of the update that a step belongs to, both from 1. */
export function updateOfStep(iteration: Tensor, steps: number | undefined): Tensor {
  return steps === undefined ? iteration : add(floor(div(add(iteration, -1), steps)), 1);
}

/** Whether a whole number is 0, n, 2n, … */
export function isMultiple(value: Tensor, n: number): Tensor {
  const quotient = div(value, n);
  return equal(floor(quotient), quotient);
}
