import { csv, input, layers, losses, model, tf, train } from "layerwise";

const quantiles = [0.1, 0.5, 0.9];
const pinball = (target: tf.Tensor, prediction: tf.Tensor): tf.Tensor => {
  const error = tf.sub(target, prediction);
  const levels = tf.tensor1d(quantiles);
  return tf.mean(tf.maximum(tf.mul(levels, error), tf.mul(tf.sub(levels, 1), error)), -1);
};

const features = input({ shape: [8] });
const hidden = layers.dense(64, { activation: "elu" })(layers.dense(64, { activation: "elu" })(features));
const median = layers.dense(1, { name: "mean" })(hidden);
const levels = layers.dense(quantiles.length, { name: "quantiles" })(hidden);

export const forecaster = model({ inputs: features, outputs: { mean: median, quantiles: levels } });
export default train(forecaster, {
  data: csv("data/housing.csv").split({ validation: 0.2 }).standardize(),
  optimizer: "adamW",
  loss: { mean: losses.meanAbsoluteError(), quantiles: pinball },
});
