import { add, clipByValue, div, maximum, mul, sqrt, square, sum, type Tensor } from "@tensorflow/tfjs-core";
import { hasMethod, show } from "./arguments";
import { ModelError } from "./errors";
import { lookUp } from "./lookup";

/** Projects a weight's new value after each update. */
export interface Constraint {
  project(value: Tensor): Tensor;
}

export type ConstraintName = keyof typeof NAMED;
export type ConstraintLike = ConstraintName | Constraint | ((value: Tensor) => Tensor);

/** @throws ModelError for an unknown name or something that is no constraint. */
export function resolveConstraint(constraint: ConstraintLike | undefined): Constraint | undefined {
  if (constraint === undefined) return undefined;
  if (typeof constraint === "string") return lookUp("constraint", constraint, NAMED)();
  if (typeof constraint === "function") return { project: constraint };
  if (hasMethod(constraint, "project")) return constraint;
  throw new ModelError(
    "invalid-argument",
    `A constraint is a name such as "nonNeg", an object such as constraints.maxNorm(), or a function of a tensor; received ${show(constraint)}.`,
  );
}

export interface NormOptions {
  /** The axes of one vector, e.g. `[0, 1, 2]` for a filter of conv2d. Default 0: the weights into one unit. */
  axis?: number | readonly number[] | undefined;
}

export interface MaxNormOptions extends NormOptions {
  /** Default 2. */
  maxValue?: number | undefined;
}

/** Scales vectors that are longer than `maxValue` down to it. Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html */
export function maxNorm({ maxValue = 2, axis = 0 }: MaxNormOptions = {}): Constraint {
  return rescale(axis, (norms) => clipByValue(norms, 0, maxValue));
}

/** Sets negative weights to 0. */
export function nonNeg(): Constraint {
  return { project: (value) => maximum(value, 0) };
}

/** Scales each vector to length 1. */
export function unitNorm({ axis = 0 }: NormOptions = {}): Constraint {
  return { project: (value) => div(value, add(normsOf(value, axis), EPSILON)) };
}

export interface MinMaxNormOptions extends NormOptions {
  /** Default 0. */
  minValue?: number | undefined;
  /** Default 1. */
  maxValue?: number | undefined;
  /** How much of the way a step goes: 1 (default) is strict. */
  rate?: number | undefined;
}

/** Scales each vector towards a length between `minValue` and `maxValue`. */
export function minMaxNorm({ minValue = 0, maxValue = 1, rate = 1, axis = 0 }: MinMaxNormOptions = {}): Constraint {
  return rescale(axis, (norms) => add(mul(rate, clipByValue(norms, minValue, maxValue)), mul(1 - rate, norms)));
}

const NAMED = { maxNorm, nonNeg, unitNorm, minMaxNorm };

/** Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

function rescale(axis: number | readonly number[], desired: (norms: Tensor) => Tensor): Constraint {
  return {
    project: (value) => {
      const norms = normsOf(value, axis);
      return mul(value, div(desired(norms), add(norms, EPSILON)));
    },
  };
}

function normsOf(value: Tensor, axis: number | readonly number[]): Tensor {
  return sqrt(sum(square(value), typeof axis === "number" ? axis : [...axis], true));
}
