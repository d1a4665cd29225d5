import { cast, cumsum, customGrad, div, greater, maximum, mul, range, sub, sum, type Tensor, topk } from "@tensorflow/tfjs-core";

/**
 * The projection of the last axis onto the probability simplex: like softmax, but small entries become exactly 0
 * (Martins & Astudillo 2016, https://arxiv.org/abs/1602.02068).
 */
export const sparsemax: (x: Tensor) => Tensor = customGrad((x, save) => {
  const logits = x as Tensor;
  const classes = logits.shape.at(-1) ?? 1;
  const sorted = topk(logits, classes).values;
  const ranks = range(1, classes + 1);
  const sums = sub(cumsum(sorted, logits.rank - 1), 1);
  const inSupport = cast(greater(mul(ranks, sorted), sums), "float32");
  const supportSize = sum(inSupport, -1, true);
  const supportSum = sub(sum(mul(sorted, inSupport), -1, true), 1);
  const value = maximum(sub(logits, div(supportSum, supportSize)), 0);
  (save as (tensors: Tensor[]) => void)([value]);
  return {
    value,
    gradFunc: (dy, saved) => {
      const [probabilities] = saved as [Tensor];
      const support = cast(greater(probabilities, 0), "float32");
      const mean = div(sum(mul(dy, support), -1, true), sum(support, -1, true));
      return mul(support, sub(dy, mean));
    },
  };
});
