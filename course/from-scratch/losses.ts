import { softmax } from "./layers.ts";
import { Matrix } from "./matrix.ts";

/** What training makes small: a number for a batch, and its derivative by each prediction. */
export interface Loss {
  value(prediction: Matrix, target: Matrix): number;
  derivative(prediction: Matrix, target: Matrix): Matrix;
}

const sum = (matrix: Matrix): number => matrix.values.reduce((total, value) => total + value, 0);

/** Σ|ŷ − y| / N, N the number of samples. Keras divides by the number of outputs too. */
export const meanAbsoluteError: Loss = {
  value: (prediction, target) => sum(prediction.combine(target, (p, y) => Math.abs(p - y))) / prediction.rows,
  derivative: (prediction, target) => prediction.combine(target, (p, y) => Math.sign(p - y) / prediction.rows),
};

/** Σ(ŷ − y)² / N. Its derivative is a matrix, one number for each prediction, not their sum. */
export const meanSquaredError: Loss = {
  value: (prediction, target) => sum(prediction.combine(target, (p, y) => (p - y) ** 2)) / prediction.rows,
  derivative: (prediction, target) => prediction.combine(target, (p, y) => (2 * (p - y)) / prediction.rows),
};

/** −Σ(y·log p + (1 − y)·log(1 − p)) / N for probabilities p. Both terms carry the minus. */
export const binaryCrossentropy: Loss = {
  value: (prediction, target) =>
    -sum(prediction.combine(target, (p, y) => y * Math.log(p) + (1 - y) * Math.log(1 - p))) / prediction.rows,
  derivative: (prediction, target) => prediction.combine(target, (p, y) => (p - y) / (p * (1 - p)) / prediction.rows),
};

/**
 * −Σ y·log softmax(z) / N for logits z and one-hot y. Taken from logits by log-sum-exp, it needs no log(p + ε) and its derivative is
 * simply softmax(z) − y: the network has no softmax layer of its own then.
 */
export const crossentropyFromLogits: Loss = {
  value: (logits, target) => {
    let total = 0;
    for (let row = 0; row < logits.rows; row++) {
      const scores = logits.row(row);
      const greatest = Math.max(...scores);
      const logSumExp = greatest + Math.log(scores.reduce((powers, score) => powers + Math.exp(score - greatest), 0));
      total += scores.reduce((loss, score, column) => loss + target.at(row, column) * (logSumExp - score), 0);
    }
    return total / logits.rows;
  },
  derivative: (logits, target) => softmax(logits).combine(target, (p, y) => (p - y) / logits.rows),
};
