import { abs, add, div, eye, matMul, maximum, mul, sqrt, square, sub, sum, type Tensor, transpose } from "@tensorflow/tfjs-core";
import { hasMethod, show } from "./arguments";
import { ModelError } from "./errors";
import { lookUp } from "./lookup";

/** A penalty on a tensor, added to the loss. */
export interface Regularizer {
  /** A scalar. */
  penalty(values: Tensor): Tensor;
}

export type RegularizerName = keyof typeof NAMED;
export type RegularizerLike = RegularizerName | Regularizer | ((values: Tensor) => Tensor);

/** @throws ModelError for an unknown name or something that is no regularizer. */
export function resolveRegularizer(regularizer: RegularizerLike | undefined): Regularizer | undefined {
  if (regularizer === undefined) return undefined;
  if (typeof regularizer === "string") return lookUp("regularizer", regularizer, NAMED)();
  if (typeof regularizer === "function") return { penalty: regularizer };
  if (hasMethod(regularizer, "penalty")) return regularizer;
  throw new ModelError(
    "invalid-argument",
    `A regularizer is a name such as "l2", an object such as regularizers.l2(1e-4), or a function of a tensor; received ${show(regularizer)}.`,
  );
}

/** factor · Σ|w|. @param factor Default 0.01. */
export function l1(factor = 0.01): Regularizer {
  requireFactor("l1", factor);
  return { penalty: (values) => mul(factor, sum(abs(values))) };
}

/** factor · Σw². @param factor Default 0.01. */
export function l2(factor = 0.01): Regularizer {
  requireFactor("l2", factor);
  return { penalty: (values) => mul(factor, sum(square(values))) };
}

/** l1 · Σ|w| + l2 · Σw². Both default to 0. */
export function l1l2(factors: { l1?: number | undefined; l2?: number | undefined } = {}): Regularizer {
  const absolute = l1(factors.l1 ?? 0);
  const squared = l2(factors.l2 ?? 0);
  return { penalty: (values) => add(absolute.penalty(values), squared.penalty(values)) };
}

export interface OrthogonalRegularizerOptions {
  /** Default 0.01. */
  factor?: number | undefined;
  /** Whether rows or columns are to be orthogonal. Default `"rows"`. */
  mode?: "rows" | "columns" | undefined;
}

/** factor · Σ|cosine| over all pairs of different rows. https://keras.io/api/layers/regularizers/#orthogonalregularizer-class */
export function orthogonal({ factor = 0.01, mode = "rows" }: OrthogonalRegularizerOptions = {}): Regularizer {
  requireFactor("orthogonal", factor);
  return {
    penalty: (values) => {
      if (values.rank !== 2) {
        throw new ModelError(
          "invalid-argument",
          `The orthogonal regularizer takes a matrix; received shape [${values.shape.join(", ")}].`,
        );
      }
      const vectors = unitRows(mode === "rows" ? values : transpose(values));
      const cosines = abs(matMul(vectors, vectors, false, true));
      const size = vectors.shape[0];
      const pairs = Math.max(1, (size * (size - 1)) / 2);
      return mul(factor / (2 * pairs), sum(mul(cosines, sub(1, eye(size)))));
    },
  };
}

const NAMED = { l1, l2, l1l2, orthogonal };

function unitRows(matrix: Tensor): Tensor {
  return div(matrix, maximum(sqrt(sum(square(matrix), 1, true)), 1e-12));
}

function requireFactor(name: string, factor: unknown): void {
  if (typeof factor !== "number" || !Number.isFinite(factor) || factor < 0) {
    throw new ModelError("invalid-argument", `regularizers.${name} takes a factor of 0 or more; received ${show(factor)}.`);
  }
}
