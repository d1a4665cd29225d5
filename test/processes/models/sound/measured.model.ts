import { csv, layers, metrics, sequential, tf, train } from "layerwise";
import { digits, iris } from "layerwise/datasets";

// Metrics for class numbers, for vectors of them, for yes or no, and one's own under a name that there is.
const flowers = (name: string) =>
  sequential({ name, inputShape: [4] }, [layers.dense(8, { activation: "relu" }), layers.dense(3, { activation: "softmax" })]);
export const numbers = flowers("numbers");
export const byNumbers = train(numbers, {
  data: iris().standardize(),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: [
    "accuracy",
    "sparseTopKCategoricalAccuracy",
    "sparseCategoricalCrossentropy",
    metrics.mean("precision", (_, scores) => tf.max(scores, -1)),
  ],
});

export const vectors = flowers("vectors");
export const byVectors = train(vectors, {
  data: iris().standardize().oneHot(3),
  optimizer: "adam",
  loss: "categoricalCrossentropy",
  metrics: ["accuracy", "auc", "precision", "binaryAccuracy", "f1Score", "mse", metrics.topKCategoricalAccuracy({ k: 2 })],
});

export const rows = sequential({ name: "rows", inputShape: [8, 8] }, [
  layers.lstm(16, { returnSequences: true }),
  layers.globalMaxPooling1d(),
  layers.dense(10, { activation: "softmax" }),
]);
export const ofRows = train(rows, {
  data: digits().scale(1 / 16),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["acc", "sparseCategoricalAccuracy"],
});

export const spam = sequential({ name: "spam", inputShape: [6] }, [layers.dense(1, { activation: "sigmoid" })]);
export const byYesOrNo = train(spam, {
  data: csv("spam.csv"),
  optimizer: "adam",
  loss: "binaryCrossentropy",
  metrics: ["binaryAccuracy", "precision", "recall", metrics.auc()],
});

export const price = sequential({ name: "price", inputShape: [6] }, [layers.dense(1)]);
export const byNumber = train(price, { data: csv("prices.csv"), optimizer: "adam", loss: "mse", metrics: ["mae", "r2Score"] });
