import { arrays, callbacks, input, layers, metrics, model, sequential, tf, train } from "layerwise";
import { digits } from "layerwise/datasets";

// Callbacks that monitor what is measured: by default, by name, of one output among several, and a metric of one's own.
const hasMargin = metrics.mean("margin", (_, scores) => tf.max(scores, -1));

export const reader = sequential({ name: "reader", inputShape: [8, 8] }, [
  layers.flatten(),
  layers.dense(32, { activation: "relu" }),
  layers.dense(10, { activation: "softmax" }),
]);
export const one = train(reader, {
  data: digits()
    .scale(1 / 16)
    .split({ validation: 0.2 }),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["acc", hasMargin],
  callbacks: [
    callbacks.earlyStopping(),
    callbacks.modelCheckpoint({ monitor: "valAcc", saveBestOnly: true }),
    callbacks.reduceLROnPlateau({ monitor: "valMargin", mode: "max" }),
    callbacks.terminateOnNaN(),
  ],
});

const x = input({ shape: [2] });
const price = layers.dense(1, { name: "price" })(x);
const kind = layers.dense(3, { activation: "softmax", name: "kind" })(x);
export const house = model({ name: "house", inputs: x, outputs: { price, kind } });
export const several = train(house, {
  data: arrays({ x: [[1, 2]], y: { price: [3], kind: [2] } }),
  optimizer: "adam",
  loss: { price: "mse", kind: "sparseCategoricalCrossentropy" },
  metrics: { kind: ["accuracy"] },
  callbacks: [
    callbacks.earlyStopping({ monitor: "kindAccuracy" }),
    callbacks.modelCheckpoint({ monitor: "priceLoss" }),
    callbacks.reduceLROnPlateau(),
  ],
});
