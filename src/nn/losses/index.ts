import { hasMethod, show } from "../arguments";
import { ModelError } from "../errors";
import { lookUp } from "../lookup";
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  sparseCategoricalCrossentropy,
} from "./crossentropy";
import { categoricalHinge, hinge, squaredHinge } from "./hinge";
import { checkedFunction, type Loss, type LossFunction } from "./loss";
import {
  cosineSimilarity,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from "./regression";

export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  cosineSimilarity,
  hinge,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
};

/** Every loss by the names that a plan may give. */
export const NAMED_LOSSES = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
  meanAbsolutePercentageError,
  mape: meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  msle: meanSquaredLogarithmicError,
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  categoricalFocalCrossentropy,
  hinge,
  squaredHinge,
  categoricalHinge,
  huber,
  logCosh,
  klDivergence,
  kLDivergence: klDivergence,
  poisson,
  cosineSimilarity,
};

export type LossName = keyof typeof NAMED_LOSSES;
export type LossLike = LossName | Loss | LossFunction;

/** @throws ModelError for an unknown name or something that is no loss. */
export function resolveLoss(loss: LossLike): Loss {
  if (typeof loss === "string") return lookUp("loss", loss, NAMED_LOSSES)();
  if (typeof loss === "function") return { name: "custom", call: checkedFunction("loss", loss) };
  if (hasMethod(loss, "call")) return loss;
  throw new ModelError(
    "invalid-argument",
    `A loss is a name such as "meanSquaredError", an object such as losses.huber({ delta: 2 }), or a function (yTrue, yPred) => a loss for each sample; received ${show(loss)}.`,
  );
}
