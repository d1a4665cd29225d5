import { arrays, layers, sequential, train } from "layerwise";

// A class for each word: labels are sequences of class numbers.
export const tagger = sequential({ name: "tagger", inputShape: [5] }, [
  layers.embedding(50, 16, { maskZero: true }),
  layers.bidirectional(layers.lstm(16, { returnSequences: true })),
  layers.timeDistributed(layers.dense(3, { activation: "softmax" })),
]);
export default train(tagger, {
  data: arrays({
    x: [
      [4, 7, 1, 0, 0],
      [9, 2, 3, 8, 0],
    ],
    y: [
      [0, 1, 0, 0, 0],
      [1, 0, 0, 0, 0],
    ],
  }),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});

export const plain = sequential({ name: "plain", inputShape: [5] }, [
  layers.embedding(50, 16),
  layers.gru(8, { returnSequences: true }),
  layers.dense(3, { activation: "softmax" }),
]);
export const other = train(plain, {
  data: arrays({
    x: [
      [4, 7, 1, 0, 0],
      [9, 2, 3, 8, 0],
    ],
    y: [
      [0, 1, 0, 0, 0],
      [1, 0, 0, 0, 0],
    ],
  }),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
});
