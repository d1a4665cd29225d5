import { cast, expandDims, squeeze, type Tensor } from "@tensorflow/tfjs-core";
import { ModelError } from "../errors";

/** Floats of one number of dimensions: labels of shape (batch) stand against predictions of shape (batch, 1), as in Keras. */
export function alignRanks(yTrue: Tensor, yPred: Tensor): [Tensor, Tensor] {
  const truth = cast(yTrue, "float32");
  if (truth.rank === yPred.rank + 1 && truth.shape.at(-1) === 1) {
    return yPred.rank === 1 ? [truth, expandDims(yPred, -1)] : [squeeze(truth, [-1]), yPred];
  }
  if (yPred.rank === truth.rank + 1 && yPred.shape.at(-1) === 1) {
    return truth.rank === 1 ? [expandDims(truth, -1), yPred] : [truth, squeeze(yPred, [-1])];
  }
  return [truth, yPred];
}

/** As {@link alignRanks}. @throws ModelError where the shapes still differ. */
export function alignShapes(name: string, yTrue: Tensor, yPred: Tensor): [Tensor, Tensor] {
  const [truth, prediction] = alignRanks(yTrue, yPred);
  const fits = truth.rank === prediction.rank && truth.shape.every((size, axis) => size === prediction.shape[axis]);
  if (fits) return [truth, prediction];
  throw new ModelError(
    "shape-mismatch",
    `${name} compares true values of shape [${yTrue.shape.join(", ")}] with predictions of shape [${yPred.shape.join(", ")}]; they must have one shape. Change the last layer's units, or the labels (oneHot turns class numbers into vectors).`,
  );
}

/** Whole-number labels against class scores: a last dimension of 1 is left out. */
export function classLabels(name: string, yTrue: Tensor, scores: Tensor): Tensor {
  const labels = yTrue.rank === scores.rank && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, [-1]) : yTrue;
  if (labels.rank === scores.rank - 1 && labels.shape.every((size, axis) => size === scores.shape[axis]))
    return cast(labels, "int32");
  throw new ModelError(
    "shape-mismatch",
    `${name} takes one class number for each prediction: labels of shape [${scores.shape.slice(0, -1).join(", ")}]; received [${yTrue.shape.join(", ")}] for predictions of shape [${scores.shape.join(", ")}]. For one-hot labels use the categorical form.`,
  );
}
