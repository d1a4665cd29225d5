import { arrays, layers, sequential, train } from "layerwise";

// Several labels may hold at once: a sigmoid each.
export const topics = sequential({ name: "topics", inputShape: [500] }, [
  layers.dense(256, { activation: "relu" }),
  layers.dropout(0.5),
  layers.dense(128, { activation: "relu" }),
  layers.dense(6, { activation: "sigmoid" }),
]);
export default train(topics, {
  data: arrays({
    x: { values: new Float32Array(3 * 500), shape: [3, 500] },
    y: [
      [1, 0, 1, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 1, 1, 0, 1, 0],
    ],
  }),
  optimizer: "adam",
  loss: "binaryCrossentropy",
  metrics: ["binaryAccuracy"],
});
