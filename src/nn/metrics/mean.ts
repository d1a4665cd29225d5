import { add, broadcastTo, divNoNan, mean, mul, scalar, sqrt, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import type { Loss, LossFunction } from "../losses/loss";
import { alignShapes } from "../losses/align";
import type { Metric, StateSpec } from "./metric";

const MEAN_STATE: readonly StateSpec[] = [
  { name: "total", shape: [] },
  { name: "count", shape: [] },
];

/** The mean over samples of what a function gives for each of them. */
export function meanMetric(name: string, valuesOf: LossFunction, finish: (mean: Tensor) => Tensor = (value) => value): Metric {
  return {
    name,
    state: () => MEAN_STATE,
    update: ([total, count], yTrue, yPred, weights) => {
      const values = perSample(valuesOf(yTrue, yPred));
      const batch = weights === undefined ? [sum(values), scalar(values.shape[0])] : [sum(mul(values, weights)), sum(weights)];
      return [add(total as Tensor, batch[0] as Tensor), add(count as Tensor, batch[1] as Tensor)];
    },
    result: ([total, count]) => finish(divNoNan(total as Tensor, count as Tensor)),
  };
}

/** A loss, reported without training on it. */
export function lossMetric(name: string, loss: Loss): Metric {
  return meanMetric(name, (yTrue, yPred) => loss.call(yTrue, yPred));
}

/** The root of the mean squared error over all samples. */
export function rootMeanSquaredError(): Metric {
  const squares: LossFunction = (yTrue, yPred) => {
    const [y, prediction] = alignShapes("rootMeanSquaredError", yTrue, yPred);
    return square(sub(prediction, y));
  };
  return meanMetric("rootMeanSquaredError", squares, sqrt);
}

function perSample(values: Tensor): Tensor {
  if (values.rank === 0) return broadcastTo(values, [1]);
  const axes = Array.from({ length: values.rank - 1 }, (_, axis) => axis + 1);
  return axes.length === 0 ? values : mean(values, axes);
}
