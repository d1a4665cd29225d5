import { add, all, equal, logicalOr, max, maximum, mean, mul, square, sub, sum, type Tensor, where } from "@tensorflow/tfjs-core";
import { alignShapes } from "./align";
import type { Loss } from "./loss";

/** Mean of max(1 − y·ŷ, 0) for labels of −1 and 1; labels of 0 and 1 count as such. */
export function hinge(): Loss {
  return {
    name: "hinge",
    call: (yTrue, yPred) => mean(margins("hinge", yTrue, yPred), -1),
  };
}

/** Mean of max(1 − y·ŷ, 0)². */
export function squaredHinge(): Loss {
  return {
    name: "squaredHinge",
    call: (yTrue, yPred) => mean(square(margins("squaredHinge", yTrue, yPred)), -1),
  };
}

/** max(1 + the highest wrong score − the right one, 0) for one-hot labels. */
export function categoricalHinge(): Loss {
  return {
    name: "categoricalHinge",
    call: (yTrue, yPred) => {
      const [labels, scores] = alignShapes("categoricalHinge", yTrue, yPred);
      const right = sum(mul(labels, scores), -1);
      const wrong = max(mul(sub(1, labels), scores), -1);
      return maximum(add(sub(wrong, right), 1), 0);
    },
  };
}

function margins(name: string, yTrue: Tensor, yPred: Tensor): Tensor {
  const [labels, scores] = alignShapes(name, yTrue, yPred);
  return maximum(sub(1, mul(signed(labels), scores)), 0);
}

function signed(labels: Tensor): Tensor {
  const areBinary = all(logicalOr(equal(labels, 0), equal(labels, 1)));
  return where(areBinary, sub(mul(2, labels), 1), labels);
}
