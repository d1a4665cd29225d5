import { argMax, cast, equal, greater, less, mul, oneHot, sum, type Tensor } from "@tensorflow/tfjs-core";
import { alignRanks, alignShapes, classLabels } from "../losses/align";
import { meanMetric } from "./mean";
import type { Metric } from "./metric";

/**
 * The share of samples predicted rightly: by threshold for a single output, by class number for whole-number labels, by the greatest for
 * one-hot labels, as Keras chooses.
 */
export function accuracy(): Metric {
  return meanMetric("accuracy", (yTrue, yPred) => {
    if (yPred.shape.at(-1) === 1) return binaryHits(yTrue, yPred, 0.5);
    const isSparse = yTrue.rank < yPred.rank || yTrue.shape.at(-1) === 1;
    return isSparse ? sparseHits(yTrue, yPred) : categoricalHits(yTrue, yPred);
  });
}

export interface BinaryAccuracyOptions {
  /** Predictions above it count as 1. Default 0.5. */
  threshold?: number | undefined;
}

/** The share of predictions on the right side of a threshold, for labels of 0 and 1. */
export function binaryAccuracy({ threshold = 0.5 }: BinaryAccuracyOptions = {}): Metric {
  return meanMetric("binaryAccuracy", (yTrue, yPred) => binaryHits(yTrue, yPred, threshold));
}

/** The share of samples whose greatest prediction is the label's, for one-hot labels. */
export function categoricalAccuracy(): Metric {
  return meanMetric("categoricalAccuracy", categoricalHits);
}

/** The share of samples whose greatest prediction is the label's, for whole-number labels. */
export function sparseCategoricalAccuracy(): Metric {
  return meanMetric("sparseCategoricalAccuracy", sparseHits);
}

export interface TopKOptions {
  /** Default 5. */
  k?: number | undefined;
}

/** The share of samples whose label is among the `k` greatest predictions, for one-hot labels. */
export function topKCategoricalAccuracy({ k = 5 }: TopKOptions = {}): Metric {
  return meanMetric("topKCategoricalAccuracy", (yTrue, yPred) => topKHits(argMax(yTrue, -1), yPred, k));
}

/** The share of samples whose label is among the `k` greatest predictions, for whole-number labels. */
export function sparseTopKCategoricalAccuracy({ k = 5 }: TopKOptions = {}): Metric {
  const name = "sparseTopKCategoricalAccuracy";
  return meanMetric(name, (yTrue, yPred) => topKHits(classLabels(name, yTrue, yPred), yPred, k));
}

function binaryHits(yTrue: Tensor, yPred: Tensor, threshold: number): Tensor {
  const [labels, predictions] = alignRanks(yTrue, yPred);
  return cast(equal(labels, cast(greater(predictions, threshold), "float32")), "float32");
}

function categoricalHits(yTrue: Tensor, yPred: Tensor): Tensor {
  const [labels, predictions] = alignShapes("categoricalAccuracy", yTrue, yPred);
  return cast(equal(argMax(labels, -1), argMax(predictions, -1)), "float32");
}

function sparseHits(yTrue: Tensor, yPred: Tensor): Tensor {
  const labels = classLabels("sparseCategoricalAccuracy", yTrue, yPred);
  return cast(equal(labels, argMax(yPred, -1)), "float32");
}

/** As TensorFlow's in_top_k: of equal predictions none pushes another out. */
function topKHits(labels: Tensor, yPred: Tensor, k: number): Tensor {
  const own = sum(mul(yPred, oneHot(cast(labels, "int32"), yPred.shape.at(-1) ?? 1, 1, 0, "float32")), -1, true);
  const ahead = sum(cast(greater(yPred, own), "float32"), -1);
  return cast(less(ahead, k), "float32");
}
