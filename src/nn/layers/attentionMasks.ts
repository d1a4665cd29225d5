import { abs, expandDims, greaterEqual, less, linspace, sub, type Tensor } from "@tensorflow/tfjs-core";

/** [query steps, value steps]: true where a step of the query comes no earlier than the step of the value. */
export function causalMask(querySteps: number, valueSteps: number): Tensor {
  return greaterEqual(...positions(querySteps, valueSteps));
}

/** [query steps, value steps]: true where two steps are less than `width` apart. */
export function slidingWindowMask(querySteps: number, valueSteps: number, width: number): Tensor {
  return less(abs(sub(...positions(querySteps, valueSteps))), width);
}

function positions(querySteps: number, valueSteps: number): [query: Tensor, value: Tensor] {
  return [expandDims(linspace(0, querySteps - 1, querySteps), 1), expandDims(linspace(0, valueSteps - 1, valueSteps), 0)];
}
