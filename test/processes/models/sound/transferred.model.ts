import { layers, losses, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

// Frozen features below a head that learns.
const base = sequential({ name: "base", inputShape: [28, 28] }, [
  layers.reshape([28, 28, 1]),
  layers.conv2d(32, 3, { activation: "relu" }),
  layers.maxPooling2d(),
  layers.conv2d(64, 3, { activation: "relu" }),
  layers.globalMaxPooling2d(),
]);
base.trainable = false;

export const classifier = sequential({ name: "classifier", inputShape: [28, 28] }, [
  base,
  layers.dense(64, { activation: "relu" }),
  layers.dropout(0.5),
  layers.dense(10),
]);
export default train(classifier, {
  data: fashionMnist()
    .take(1000)
    .scale(1 / 255),
  optimizer: "adam",
  loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: ["accuracy"],
});
