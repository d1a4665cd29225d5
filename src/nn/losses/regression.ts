import {
  abs,
  add,
  clipByValue,
  div,
  lessEqual,
  log,
  maximum,
  mean,
  mul,
  neg,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  where,
} from "@tensorflow/tfjs-core";
import { alignShapes } from "./align";
import type { Loss } from "./loss";

/** Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

/** Mean of (ŷ − y)². */
export function meanSquaredError(): Loss {
  return elementwise("meanSquaredError", (y, prediction) => square(sub(prediction, y)));
}

/** Mean of |ŷ − y|. */
export function meanAbsoluteError(): Loss {
  return elementwise("meanAbsoluteError", (y, prediction) => abs(sub(prediction, y)));
}

/** 100 times the mean of |(ŷ − y) / y|. */
export function meanAbsolutePercentageError(): Loss {
  return elementwise("meanAbsolutePercentageError", (y, prediction) =>
    mul(100, abs(div(sub(y, prediction), maximum(abs(y), EPSILON)))),
  );
}

/** Mean of (log(1 + ŷ) − log(1 + y))²; negative values count as 0. */
export function meanSquaredLogarithmicError(): Loss {
  const logarithm = (x: Tensor): Tensor => log(add(maximum(x, EPSILON), 1));
  return elementwise("meanSquaredLogarithmicError", (y, prediction) => square(sub(logarithm(prediction), logarithm(y))));
}

export interface HuberOptions {
  /** Where the square turns into a line. Default 1. */
  delta?: number | undefined;
}

/** Squared for small errors, linear for large ones. Huber 1964, https://doi.org/10.1214/aoms/1177703732 */
export function huber({ delta = 1 }: HuberOptions = {}): Loss {
  return elementwise("huber", (y, prediction) => {
    const error = sub(prediction, y);
    const size = abs(error);
    return where(lessEqual(size, delta), mul(0.5, square(error)), sub(mul(delta, size), 0.5 * delta ** 2));
  });
}

/** Mean of log(cosh(ŷ − y)): like the squared error when small, like the absolute one when large. */
export function logCosh(): Loss {
  return elementwise("logCosh", (y, prediction) => {
    const error = sub(prediction, y);
    return sub(add(error, softplus(mul(error, -2))), Math.LN2);
  });
}

/** Mean of ŷ − y·log(ŷ): for counts. */
export function poisson(): Loss {
  return elementwise("poisson", (y, prediction) => sub(prediction, mul(y, log(add(prediction, EPSILON)))));
}

/** Σ y·log(y / ŷ): how far one distribution is from another. */
export function klDivergence(): Loss {
  return {
    name: "klDivergence",
    call: (yTrue, yPred) => {
      const [y, prediction] = alignShapes("klDivergence", yTrue, yPred).map((values) => clipByValue(values, EPSILON, 1)) as [
        Tensor,
        Tensor,
      ];
      return sum(mul(y, log(div(y, prediction))), -1);
    },
  };
}

/** Minus the cosine of the angle between ŷ and y: −1 where they point the same way. */
export function cosineSimilarity(): Loss {
  return { name: "cosineSimilarity", call: (yTrue, yPred) => neg(cosine(yTrue, yPred)) };
}

/** The cosine of the angle between two vectors along the last axis. */
export function cosine(yTrue: Tensor, yPred: Tensor): Tensor {
  const [y, prediction] = alignShapes("cosineSimilarity", yTrue, yPred);
  return sum(mul(unitVectors(y), unitVectors(prediction)), -1);
}

function unitVectors(vectors: Tensor): Tensor {
  return div(vectors, sqrt(maximum(sum(square(vectors), -1, true), EPSILON ** 2)));
}

function elementwise(name: string, lossOf: (yTrue: Tensor, yPred: Tensor) => Tensor): Loss {
  return { name, call: (yTrue, yPred) => mean(lossOf(...alignShapes(name, yTrue, yPred)), -1) };
}
