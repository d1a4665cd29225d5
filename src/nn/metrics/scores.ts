import {
  abs,
  add,
  cast,
  div,
  divNoNan,
  equal,
  expandDims,
  greater,
  greaterEqual,
  logicalAnd,
  max,
  mean,
  mul,
  onesLike,
  square,
  sub,
  sum,
  type Tensor,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { ModelError } from "../errors";
import { alignShapes } from "../losses/align";
import { formatShape, type Shape } from "../shape";
import type { Metric, OpenMetric, StateSpec } from "./metric";

/** Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

export interface F1ScoreOptions {
  /** Over all predictions at once, over classes, or over classes weighted by their samples. Default `"macro"`. */
  average?: "micro" | "macro" | "weighted" | undefined;
  /** Predictions above it count as positive. Default: only the greatest of each sample does. */
  threshold?: number | undefined;
}

/** The harmonic mean of precision and recall, for one-hot labels. https://keras.io/api/metrics/classification_metrics/#f1score-class */
export function f1Score({ average = "macro", threshold }: F1ScoreOptions = {}): OpenMetric {
  const name = "f1Score";
  return {
    name,
    measuring: (outputShape): Metric => {
      const shape = average === "micro" ? [] : [outputSize(name, outputShape)];
      const count = (values: Tensor): Tensor => (average === "micro" ? sum(values) : sum(values, 0));
      return {
        name,
        state: () => named(shape, "true_positives", "false_positives", "false_negatives", "intermediate_weights"),
        update: (state, yTrue, yPred, weights) => {
          const [labels, predictions] = alignShapes(name, yTrue, yPred);
          const positive = cast(threshold === undefined ? isGreatest(predictions) : greater(predictions, threshold), "float32");
          const weigh = (values: Tensor): Tensor => (weights === undefined ? values : mul(values, expandDims(weights, 1)));
          const batch = [mul(positive, labels), mul(positive, sub(1, labels)), mul(sub(1, positive), labels), labels];
          return state.map((total, index) => add(total, count(weigh(batch[index] as Tensor))));
        },
        result: (state) => {
          const [hits, falsePositives, falseNegatives, members] = state as [Tensor, Tensor, Tensor, Tensor];
          const precision = div(hits, add(add(hits, falsePositives), EPSILON));
          const recall = div(hits, add(add(hits, falseNegatives), EPSILON));
          const scores = mul(2, div(mul(precision, recall), add(add(precision, recall), EPSILON)));
          return average === "weighted" ? sum(mul(scores, div(members, add(sum(members), EPSILON)))) : mean(scores);
        },
      };
    },
  };
}

export interface R2ScoreOptions {
  /** How the scores of several outputs become one. Default `"uniformAverage"`. */
  classAggregation?: "uniformAverage" | "varianceWeightedAverage" | undefined;
}

/** The share of the variance that is explained: 1 is perfect, 0 as good as the mean. https://keras.io/api/metrics/regression_metrics/#r2score-class */
export function r2Score({ classAggregation = "uniformAverage" }: R2ScoreOptions = {}): OpenMetric {
  const name = "r2Score";
  return {
    name,
    measuring: (outputShape): Metric => ({
      name,
      state: () => named([outputSize(name, outputShape)], "squared_sum", "sum", "residual", "count"),
      update: (state, yTrue, yPred, weights) => {
        const [y, prediction] = alignShapes(name, yTrue, yPred);
        const share = weights === undefined ? onesLike(y) : mul(onesLike(y), expandDims(weights, 1));
        const batch = [mul(square(y), share), mul(y, share), mul(square(sub(y, prediction)), share), share];
        return state.map((total, index) => add(total, sum(batch[index] as Tensor, 0)));
      },
      result: (state) => {
        const [squares, total, residual, count] = state as [Tensor, Tensor, Tensor, Tensor];
        const variance = sub(squares, mul(total, divNoNan(total, count)));
        const scores = where(equal(variance, 0), zerosLike(variance), sub(1, divNoNan(residual, variance)));
        return classAggregation === "uniformAverage" ? mean(scores) : divNoNan(sum(mul(variance, scores)), sum(variance));
      },
    }),
  };
}

function isGreatest(predictions: Tensor): Tensor {
  return logicalAnd(greaterEqual(predictions, max(predictions, -1, true)), greater(abs(predictions), 1e-9));
}

function outputSize(name: string, outputShape: Shape): number {
  const size = outputShape[1];
  if (outputShape.length === 2 && typeof size === "number") return size;
  throw new ModelError(
    "shape-mismatch",
    `${name} measures outputs of shape (batch, units); received ${formatShape(outputShape)}.`,
  );
}

function named(shape: readonly number[], ...names: readonly string[]): StateSpec[] {
  return names.map((name) => ({ name, shape }));
}
