import { csv, input, layers, model, tf, train } from "layerwise";

const quantiles = [0.1, 0.5, 0.9];
const pinball = (target: tf.Tensor, prediction: tf.Tensor): tf.Tensor => {
  const error = tf.sub(tf.expandDims(target, -1), prediction);
  const levels = tf.tensor1d(quantiles);
  return tf.mean(tf.maximum(tf.mul(levels, error), tf.mul(tf.sub(levels, 1), error)), -1);
};

const features = input({ shape: [8] });
const hidden = layers.dense(64, { activation: "elu" })(layers.dense(64, { activation: "elu" })(features));

export const forecaster = model({ inputs: features, outputs: layers.dense(quantiles.length)(hidden) });
export default train(forecaster, {
  data: csv("data/housing.csv").split({ validation: 0.2 }).standardize(),
  optimizer: "adamW",
  loss: pinball,
});
