// A recurrent network reads an image as a sequence: 28 rows, one after the other, 28 pixels each.
import { layers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

export const reader = sequential({ name: "row_reader", inputShape: [28, 28] }, [
  // Four gates, each with weights for the 28 inputs and the 64 outputs fed back, and a bias: 4·(28·64 + 64·64 + 64) = 23,808.
  layers.lstm(64),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(reader, {
  data: fashionMnist()
    .split({ validation: 5000 })
    .scale(1 / 255),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 64,
  epochs: 3,
  seed: 1,
});
