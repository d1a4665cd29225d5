import { argMax, cast, div, gather, mean, mul, type Rank, reshape, sum, type Tensor } from "@tensorflow/tfjs-core";

interface ReductionOptions {
  /** As many as there are losses. */
  readonly weights: Tensor | undefined;
  /** Keras's mask of the predictions: losses where it is false do not count. */
  readonly mask: Tensor | undefined;
}

/**
 * Keras's `sum_over_batch_size`: the sum of the weighted losses over their number; masked losses count in neither.
 * https://keras.io/api/losses/
 */
export function meanOverSamples(losses: Tensor, { weights, mask }: ReductionOptions): Tensor {
  const weighted = weights === undefined ? losses : mul<Tensor>(losses, weights);
  if (mask === undefined || mask.shape.join() !== losses.shape.join()) return mean(weighted);
  const counted = cast(mask, "float32");
  return div(sum(mul(weighted, counted)), sum(counted));
}

/** The weight of each label's class. Labels are class numbers or one-hot vectors. */
export function sampleWeightsOf(labels: Tensor, losses: Tensor, classWeights: Tensor): Tensor {
  const isOneHot = labels.rank === losses.rank + 1 && (labels.shape.at(-1) ?? 1) > 1;
  const classes = isOneHot ? argMax(labels, -1) : cast(labels, "int32");
  return reshape(gather(classWeights, reshape<Rank.R1>(classes, [-1])), losses.shape);
}
