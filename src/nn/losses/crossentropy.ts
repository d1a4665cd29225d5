import {
  abs,
  add,
  clipByValue,
  customGrad,
  div,
  exp,
  expandDims,
  type GradSaveFunc,
  log,
  log1p,
  max,
  mean,
  mul,
  neg,
  oneHot,
  pow,
  relu,
  reshape,
  sigmoid,
  softmax,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { logitsOf } from "../logits";
import { alignShapes, classLabels } from "./align";
import type { Loss } from "./loss";

/** Keras's `backend.epsilon()`: probabilities stay that far from 0 and 1. */
const EPSILON = 1e-7;

export interface CrossentropyOptions {
  /** Whether predictions are logits rather than probabilities. Default `false`; a softmax or sigmoid output's logits are found anyway. */
  fromLogits?: boolean | undefined;
  /** Moves labels this share of the way to the uniform distribution. Default 0. */
  labelSmoothing?: number | undefined;
}

/** For labels of 0 and 1 and a sigmoid output. https://keras.io/api/losses/probabilistic_losses/ */
export function binaryCrossentropy({ fromLogits = false, labelSmoothing = 0 }: CrossentropyOptions = {}): Loss {
  const name = "binaryCrossentropy";
  return {
    name,
    fromLogits,
    call: (yTrue, yPred) => {
      const [labels, predictions] = alignShapes(name, yTrue, yPred);
      return mean(binaryEntropies(smoothTowardsHalf(labels, labelSmoothing), predictions, yPred, fromLogits), -1);
    },
  };
}

export interface BinaryFocalCrossentropyOptions extends CrossentropyOptions {
  /** Whether ones weigh `alpha` and zeros 1 − `alpha`. Default `false`. */
  applyClassBalancing?: boolean | undefined;
  /** Default 0.25. */
  alpha?: number | undefined;
  /** How much well classified samples count less. Default 2. */
  gamma?: number | undefined;
}

/** Binary cross-entropy that minds the hard samples. Lin et al. 2017, https://arxiv.org/abs/1708.02002 */
export function binaryFocalCrossentropy(options: BinaryFocalCrossentropyOptions = {}): Loss {
  const { fromLogits = false, labelSmoothing = 0, applyClassBalancing = false, alpha = 0.25, gamma = 2 } = options;
  const name = "binaryFocalCrossentropy";
  return {
    name,
    fromLogits,
    call: (yTrue, yPred) => {
      const [truth, predictions] = alignShapes(name, yTrue, yPred);
      const labels = smoothTowardsHalf(truth, labelSmoothing);
      const probabilities = fromLogits ? sigmoid(predictions) : predictions;
      const entropies = binaryEntropies(labels, predictions, yPred, fromLogits);
      const misses = sub(1, labels);
      const hit = add(mul(labels, probabilities), mul(misses, sub(1, probabilities)));
      const focal = mul(pow(sub(1, hit), gamma), entropies);
      const balanced = applyClassBalancing ? mul(add(mul(labels, alpha), mul(misses, 1 - alpha)), focal) : focal;
      return mean(balanced, -1);
    },
  };
}

/** For one-hot labels and a softmax output. https://keras.io/api/losses/probabilistic_losses/ */
export function categoricalCrossentropy({ fromLogits = false, labelSmoothing = 0 }: CrossentropyOptions = {}): Loss {
  const name = "categoricalCrossentropy";
  return {
    name,
    fromLogits,
    call: (yTrue, yPred) => {
      const [truth, predictions] = alignShapes(name, yTrue, yPred);
      const labels = smoothTowardsUniform(truth, labelSmoothing);
      const logits = classLogits(yPred, fromLogits);
      if (logits !== undefined) return softmaxCrossentropy(labels, logits);
      return neg(sum(mul(labels, log(clipProbabilities(normalized(predictions)))), -1));
    },
  };
}

export interface SparseCategoricalCrossentropyOptions {
  /** Whether predictions are logits rather than probabilities. Default `false`; a softmax output's logits are found anyway. */
  fromLogits?: boolean | undefined;
}

/** For whole-number labels and a softmax output. https://keras.io/api/losses/probabilistic_losses/ */
export function sparseCategoricalCrossentropy({ fromLogits = false }: SparseCategoricalCrossentropyOptions = {}): Loss {
  const name = "sparseCategoricalCrossentropy";
  return {
    name,
    fromLogits,
    call: (yTrue, yPred) => {
      const labels = classLabels(name, yTrue, yPred);
      const logits = classLogits(yPred, fromLogits) ?? log(clipProbabilities(yPred));
      return softmaxCrossentropy(oneHot(labels, yPred.shape.at(-1) ?? 1, 1, 0, "float32"), logits);
    },
  };
}

export interface CategoricalFocalCrossentropyOptions extends CrossentropyOptions {
  /** Default 0.25. */
  alpha?: number | undefined;
  /** How much well classified samples count less. Default 2. */
  gamma?: number | undefined;
}

/** Categorical cross-entropy that minds the hard samples. Lin et al. 2017, https://arxiv.org/abs/1708.02002 */
export function categoricalFocalCrossentropy(options: CategoricalFocalCrossentropyOptions = {}): Loss {
  const { fromLogits = false, labelSmoothing = 0, alpha = 0.25, gamma = 2 } = options;
  const name = "categoricalFocalCrossentropy";
  return {
    name,
    fromLogits,
    call: (yTrue, yPred) => {
      const [truth, predictions] = alignShapes(name, yTrue, yPred);
      const labels = smoothTowardsUniform(truth, labelSmoothing);
      const probabilities = clipProbabilities(normalized(fromLogits ? softmax(predictions) : predictions));
      const factors = mul(alpha, pow(sub(1, probabilities), gamma));
      return sum(mul(factors, neg(mul(labels, log(probabilities)))), -1);
    },
  };
}

/** −Σ labels · log softmax(logits) over the last axis, by log-sum-exp. Its gradient is softmax − labels, as TensorFlow's kernel has it. */
export function softmaxCrossentropy(labels: Tensor, logits: Tensor): Tensor {
  const entropy = customGrad((...inputs) => {
    const [scores, save] = inputs as [Tensor, GradSaveFunc];
    const shifted = sub(scores, max(scores, -1, true));
    const powers = exp(shifted);
    const total = sum(powers, -1, true);
    save([div(powers, total), labels]);
    const value = sum(mul(labels, sub(log(total), shifted)), -1);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const [probabilities, targets] = saved as [Tensor, Tensor];
      return mul(expandDims(dy, -1), sub(probabilities, targets));
    };
    return { value, gradFunc };
  });
  return entropy(logits);
}

/** max(x, 0) − x·label + log(1 + e^−|x|): neither end overflows. Its gradient is sigmoid(x) − label. */
export function sigmoidCrossentropy(labels: Tensor, logits: Tensor): Tensor {
  const entropy = customGrad((...inputs) => {
    const [scores, save] = inputs as [Tensor, GradSaveFunc];
    save([scores, labels]);
    const value = add(sub(relu(scores), mul(scores, labels)), log1p(exp(neg(abs(scores)))));
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const [x, targets] = saved as [Tensor, Tensor];
      return mul(dy, sub(sigmoid(x), targets));
    };
    return { value, gradFunc };
  });
  return entropy(logits);
}

function binaryEntropies(labels: Tensor, predictions: Tensor, yPred: Tensor, fromLogits: boolean): Tensor {
  const known = logitsOf(yPred);
  if (known?.kind === "sigmoid") return sigmoidCrossentropy(labels, reshape(known.logits, predictions.shape));
  if (fromLogits) return sigmoidCrossentropy(labels, predictions);
  const probabilities = clipProbabilities(predictions);
  return neg(add(mul(labels, log(probabilities)), mul(sub(1, labels), log(sub(1, probabilities)))));
}

function classLogits(yPred: Tensor, fromLogits: boolean): Tensor | undefined {
  const known = logitsOf(yPred);
  if (known?.kind === "softmax") return known.logits;
  return fromLogits ? yPred : undefined;
}

function smoothTowardsHalf(labels: Tensor, smoothing: number): Tensor {
  return smoothing === 0 ? labels : add(mul(labels, 1 - smoothing), smoothing / 2);
}

function smoothTowardsUniform(labels: Tensor, smoothing: number): Tensor {
  return smoothing === 0 ? labels : add(mul(labels, 1 - smoothing), smoothing / (labels.shape.at(-1) ?? 1));
}

function normalized(probabilities: Tensor): Tensor {
  return div(probabilities, sum(probabilities, -1, true));
}

function clipProbabilities(probabilities: Tensor): Tensor {
  return clipByValue(probabilities, EPSILON, 1 - EPSILON);
}
