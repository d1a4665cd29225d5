import { hasMethod, show } from "../arguments";
import { ModelError } from "../errors";
import { lookUp } from "../lookup";
import { checkedFunction, type LossFunction } from "../losses/loss";
import { NAMED_LOSSES } from "../losses";
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

const lossMetricOf = (name: keyof typeof NAMED_LOSSES) => (): Metric => lossMetric(name, NAMED_LOSSES[name]());

/** Mean of (ŷ − y)². */
export const meanSquaredError = lossMetricOf("meanSquaredError");
/** Mean of |ŷ − y|. */
export const meanAbsoluteError = lossMetricOf("meanAbsoluteError");
/** 100 times the mean of |(ŷ − y) / y|. */
export const meanAbsolutePercentageError = lossMetricOf("meanAbsolutePercentageError");
/** Mean of (log(1 + ŷ) − log(1 + y))². */
export const meanSquaredLogarithmicError = lossMetricOf("meanSquaredLogarithmicError");
/** Mean of log(cosh(ŷ − y)). */
export const logCosh = lossMetricOf("logCosh");
/** The cosine of the angle between ŷ and y: 1 where they point the same way. */
export const cosineSimilarity = (): Metric => meanMetric("cosineSimilarity", cosine);
/** A metric of your own: the mean of what `valuesOf` gives for each sample. */
export const mean = (name: string, valuesOf: LossFunction): Metric => meanMetric(name, checkedFunction("metric", valuesOf));

const NAMED_METRICS = {
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

export type MetricName = keyof typeof NAMED_METRICS | keyof typeof NAMED_LOSSES;
export type MetricLike = MetricName | Metric | OpenMetric | LossFunction;

type MetricFactory = () => Metric | OpenMetric;

/** Every metric by the names that a plan may give: its own, and those of the losses. */
const FACTORIES: Readonly<Record<string, MetricFactory>> = {
  ...Object.fromEntries(
    Object.entries(NAMED_LOSSES).map(([name, loss]): [string, MetricFactory] => [name, () => lossMetric(name, loss())]),
  ),
  cosineSimilarity,
  ...NAMED_METRICS,
};

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
