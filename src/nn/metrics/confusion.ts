import {
  add,
  cast,
  div,
  divNoNan,
  expandDims,
  greater,
  log,
  logicalAnd,
  maximum,
  minimum,
  mul,
  onesLike,
  reshape,
  slice,
  sub,
  sum,
  type Tensor,
  tensor1d,
  tile,
  where,
} from "@tensorflow/tfjs-core";
import { alignShapes } from "../losses/align";
import type { Metric, StateSpec } from "./metric";

export interface ThresholdOptions {
  /** Predictions above it count as positive. Default 0.5. */
  threshold?: number | undefined;
  /** The class that counts, for several outputs. Default: all together. */
  classId?: number | undefined;
}

/** The share of positive predictions that are right. */
export function precision({ threshold = 0.5, classId }: ThresholdOptions = {}): Metric {
  return shareMetric("precision", "false_positives", threshold, classId, (counts) => counts.falsePositives);
}

/** The share of positive samples that are found. */
export function recall({ threshold = 0.5, classId }: ThresholdOptions = {}): Metric {
  return shareMetric("recall", "false_negatives", threshold, classId, (counts) => counts.falseNegatives);
}

export interface AUCOptions {
  /** Default 200, evenly spaced from 0 to 1. */
  numThresholds?: number | undefined;
  /** True against false positives (`"ROC"`, the default), or precision against recall. */
  curve?: "ROC" | "PR" | undefined;
  /** How the area between two thresholds is taken; for the PR curve interpolation is that of Davis & Goadrich 2006. */
  summationMethod?: "interpolation" | "minoring" | "majoring" | undefined;
}

/** The area under the curve that a threshold draws as it moves. https://keras.io/api/metrics/classification_metrics/#auc-class */
export function auc({ numThresholds = 200, curve = "ROC", summationMethod = "interpolation" }: AUCOptions = {}): Metric {
  const inner = Array.from({ length: numThresholds - 2 }, (_, index) => (index + 1) / (numThresholds - 1));
  const thresholds = [-1e-7, ...inner, 1 + 1e-7];
  const shape = [thresholds.length];
  return {
    name: "auc",
    state: () => ["true_positives", "false_positives", "true_negatives", "false_negatives"].map((name) => ({ name, shape })),
    update: (state, yTrue, yPred, weights) => {
      const counts = countAt(thresholds, ...alignShapes("auc", yTrue, yPred), weights);
      const batch = [counts.truePositives, counts.falsePositives, counts.trueNegatives, counts.falseNegatives];
      return state.map((total, index) => add(total, batch[index] as Tensor));
    },
    result: (state) => {
      const [truePositives, falsePositives, trueNegatives, falseNegatives] = state as [Tensor, Tensor, Tensor, Tensor];
      if (curve === "PR" && summationMethod === "interpolation")
        return interpolatedPR(truePositives, falsePositives, falseNegatives);
      const found = divNoNan(truePositives, add(truePositives, falseNegatives));
      const [x, y] =
        curve === "ROC"
          ? [divNoNan(falsePositives, add(falsePositives, trueNegatives)), found]
          : [found, divNoNan(truePositives, add(truePositives, falsePositives))];
      const [left, right] = neighbours(y);
      const heights = {
        interpolation: () => div(add(left, right), 2),
        minoring: () => minimum(left, right),
        majoring: () => maximum(left, right),
      }[summationMethod]();
      return sum(mul(decreases(x), heights));
    },
  };
}

interface Counts {
  readonly truePositives: Tensor;
  readonly falsePositives: Tensor;
  readonly trueNegatives: Tensor;
  readonly falseNegatives: Tensor;
}

/** The four counts at each threshold, over all samples and outputs. */
function countAt(thresholds: readonly number[], labels: Tensor, predictions: Tensor, weights: Tensor | undefined): Counts {
  const perSample = labels.size / Math.max(1, labels.shape[0]);
  const column = (values: Tensor): Tensor => reshape(values, [-1, 1]);
  const share = weights === undefined ? undefined : column(tile(expandDims(weights, 1), [1, perSample]));
  const weigh = (values: Tensor): Tensor => (share === undefined ? values : mul(values, share));
  const positive = cast(greater(column(predictions), tensor1d([...thresholds])), "float32");
  const truth = cast(greater(column(labels), 0), "float32");
  const [isTrue, isFalse] = [weigh(truth), weigh(sub(1, truth))];
  const count = (members: Tensor, hits: Tensor): Tensor => sum(mul(members, hits), 0);
  const negative = sub(1, positive);
  return {
    truePositives: count(isTrue, positive),
    falsePositives: count(isFalse, positive),
    trueNegatives: count(isFalse, negative),
    falseNegatives: count(isTrue, negative),
  };
}

function shareMetric(
  name: string,
  missesName: string,
  threshold: number,
  classId: number | undefined,
  missesOf: (counts: Counts) => Tensor,
): Metric {
  const state: readonly StateSpec[] = [
    { name: "true_positives", shape: [1] },
    { name: missesName, shape: [1] },
  ];
  return {
    name,
    state: () => state,
    update: ([hits, misses], yTrue, yPred, weights) => {
      const [labels, predictions] = alignShapes(name, yTrue, yPred);
      const pick = (values: Tensor): Tensor => (classId === undefined ? values : classColumn(values, classId));
      const counts = countAt([threshold], pick(labels), pick(predictions), weights);
      return [add(hits as Tensor, counts.truePositives), add(misses as Tensor, missesOf(counts))];
    },
    result: ([hits, misses]) => sum(divNoNan(hits as Tensor, add(hits as Tensor, misses as Tensor))),
  };
}

function classColumn(values: Tensor, classId: number): Tensor {
  const begin = values.shape.map((_, axis) => (axis === values.rank - 1 ? classId : 0));
  const size = values.shape.map((length, axis) => (axis === values.rank - 1 ? 1 : length));
  return slice(values, begin, size);
}

function interpolatedPR(truePositives: Tensor, falsePositives: Tensor, falseNegatives: Tensor): Tensor {
  const positives = add(truePositives, falsePositives);
  const [left, right] = neighbours(positives);
  const hitDecrease = decreases(truePositives);
  const slope = divNoNan(hitDecrease, maximum(sub(left, right), 0));
  const [, nextHits] = neighbours(truePositives);
  const [, nextMisses] = neighbours(falseNegatives);
  const intercept = sub(nextHits, mul(slope, right));
  const bothSeen = logicalAnd(greater(left, 0), greater(right, 0));
  const ratio = where(bothSeen, divNoNan(left, maximum(right, 0)), onesLike(right));
  const area = mul(slope, add(hitDecrease, mul(intercept, log(ratio))));
  return sum(divNoNan(area, maximum(add(nextHits, nextMisses), 0)));
}

/** All values but the last, and all but the first. */
function neighbours(values: Tensor): [Tensor, Tensor] {
  const count = values.size - 1;
  return [slice(values, [0], [count]), slice(values, [1], [count])];
}

function decreases(values: Tensor): Tensor {
  const [left, right] = neighbours(values);
  return sub(left, right);
}
