import { Tensor } from "@tensorflow/tfjs-core";
import { show } from "../arguments";
import { ModelError } from "../errors";

/** What training makes small. */
export interface Loss {
  /** camelCase, e.g. `meanSquaredError`; `custom` for a function. */
  readonly name: string;
  /** Whether predictions are logits; undefined where a loss does not distinguish them from probabilities. */
  readonly fromLogits?: boolean | undefined;
  /**
   * The loss of each sample: the mean over the last axis, so that predictions of shape (batch, time, features) give (batch, time). The
   * trainer takes the mean of all of them, weighted by sample weights, as Keras's `sum_over_batch_size` does.
   */
  call(yTrue: Tensor, yPred: Tensor): Tensor;
}

/** (true values, predictions) → one loss a sample. */
export type LossFunction = Loss["call"];

/** A function of one's own that is noticed when it returns no tensor: above all a factory that was named and not called. */
export function checkedFunction(kind: "loss" | "metric", valuesOf: LossFunction): LossFunction {
  return (yTrue, yPred) => {
    const values: unknown = valuesOf(yTrue, yPred);
    if (values instanceof Tensor) return values;
    const factory = kind === "loss" ? "losses.huber()" : "metrics.auc()";
    throw new ModelError(
      "invalid-argument",
      `A ${kind} function (yTrue, yPred) returns a tensor with one value for each sample; ${valuesOf.name || "it"} returned ${show(values)}. One that the library makes is called first: ${factory}.`,
    );
  };
}
