import { hasMethod, show } from "../arguments";
import { ModelError } from "../errors";
import { lookUp } from "../lookup";
import { checkedFunction, type Loss, type LossFunction } from "../losses/loss";
import * as losses from "../losses";
import { cosine } from "../losses/regression";
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
} from "./accuracy";
import { auc, precision, recall } from "./confusion";
import { lossMetric, meanMetric, rootMeanSquaredError } from "./mean";
import type { Shape } from "../shape";
import type { Metric, OpenMetric } from "./metric";
import { f1Score, r2Score } from "./scores";

export {
  accuracy,
  auc,
  binaryAccuracy,
  categoricalAccuracy,
  f1Score,
  precision,
  r2Score,
  recall,
  rootMeanSquaredError,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
};

const lossMetricOf =
  <Options extends unknown[]>(makeLoss: (...options: Options) => Loss) =>
  (...options: Options): Metric => {
    const loss = makeLoss(...options);
    return lossMetric(loss.name, loss);
  };

/** Mean of (ŷ − y)². */
export const meanSquaredError = lossMetricOf(losses.meanSquaredError);
/** Mean of |ŷ − y|. */
export const meanAbsoluteError = lossMetricOf(losses.meanAbsoluteError);
/** 100 times the mean of |(ŷ − y) / y|. */
export const meanAbsolutePercentageError = lossMetricOf(losses.meanAbsolutePercentageError);
/** Mean of (log(1 + ŷ) − log(1 + y))². */
export const meanSquaredLogarithmicError = lossMetricOf(losses.meanSquaredLogarithmicError);
/** Mean of log(cosh(ŷ − y)). */
export const logCosh = lossMetricOf(losses.logCosh);
/** Cross-entropy of 0/1 labels and probabilities. */
export const binaryCrossentropy = lossMetricOf(losses.binaryCrossentropy);
/** Cross-entropy of one-hot labels and probabilities. */
export const categoricalCrossentropy = lossMetricOf(losses.categoricalCrossentropy);
/** Cross-entropy of whole-number labels and probabilities. */
export const sparseCategoricalCrossentropy = lossMetricOf(losses.sparseCategoricalCrossentropy);
/** Mean of max(0, 1 − y·ŷ), for labels −1 and 1 (0 and 1 count as such). */
export const hinge = lossMetricOf(losses.hinge);
/** Mean of max(0, 1 − y·ŷ)². */
export const squaredHinge = lossMetricOf(losses.squaredHinge);
/** Mean of max(0, 1 + the greatest score of a wrong class − that of the right one), for one-hot labels. */
export const categoricalHinge = lossMetricOf(losses.categoricalHinge);
/** Σ y·log(y / ŷ): how far one distribution is from another. */
export const klDivergence = lossMetricOf(losses.klDivergence);
/** Mean of ŷ − y·log(ŷ): for counts. */
export const poisson = lossMetricOf(losses.poisson);
/** The cosine of the angle between ŷ and y: 1 where they point the same way. */
export const cosineSimilarity = (): Metric => meanMetric("cosineSimilarity", cosine);
/** A metric of your own: the mean of what `valuesOf` gives for each sample. */
export const mean = (name: string, valuesOf: LossFunction): Metric => meanMetric(name, checkedFunction("metric", valuesOf));

export const NAMED_METRICS = {
  accuracy,
  acc: accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  topKCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  rootMeanSquaredError,
  rmse: rootMeanSquaredError,
  r2Score,
  f1Score,
  precision,
  recall,
  auc,
};

export type MetricName = keyof typeof NAMED_METRICS | keyof typeof losses.NAMED_LOSSES;
export type MetricLike = MetricName | Metric | OpenMetric | LossFunction;

type MetricFactory = () => Metric | OpenMetric;

/** Every metric by the names that a plan may give: its own, and those of the losses. */
const FACTORIES: Readonly<Record<string, MetricFactory>> = {
  ...Object.fromEntries(
    Object.entries(losses.NAMED_LOSSES).map(([name, loss]): [string, MetricFactory] => [name, () => lossMetric(name, loss())]),
  ),
  cosineSimilarity,
  ...NAMED_METRICS,
};

/** The names that a plan may give. */
export const metricNames: readonly string[] = Object.keys(FACTORIES);

/** Checks the name or object of a metric. @throws ModelError for an unknown name or something that is no metric. */
export function resolveMetric(metric: MetricLike): Metric | OpenMetric {
  if (typeof metric === "string") return { ...lookUp("metric", metric, FACTORIES)(), name: metric };
  if (typeof metric === "function") return mean(metric.name || "custom", metric);
  if (hasMethod(metric, "update") || hasMethod(metric, "measuring")) return metric;
  throw new ModelError(
    "invalid-argument",
    `A metric is a name such as "accuracy", an object such as metrics.auc(), or a function (yTrue, yPred) => a value for each sample; received ${show(metric)}.`,
  );
}

/** The metric for an output. @throws ModelError where the output does not fit. */
export function measuring(metric: Metric | OpenMetric, outputShape: Shape): Metric {
  return "measuring" in metric ? { ...metric.measuring(outputShape), name: metric.name } : metric;
}
