import { layers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

// An image is read as a sequence: 28 rows, one after the other, 28 pixels each.
export const network = sequential({ name: "network", inputShape: [28, 28] }, [
  layers.lstm(64),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(network, {
  data: fashionMnist()
    .split({ validation: 5000 })
    .scale(1 / 255),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 64,
  epochs: 3,
  seed: 42,
});
