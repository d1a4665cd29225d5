import { arrays, csv, layers, losses, metrics, optimizers, sequential, train } from "layerwise";

// What is linear on purpose: a regression, principal components, a support vector machine, counts.
export const regression = sequential({ name: "regression", inputShape: [1] }, [layers.dense(1)]);
export const celsius = train(regression, {
  data: arrays({ x: [-40, -10, 0, 8, 15, 22, 38], y: [-40, 14, 32, 46, 59, 72, 100] }),
  optimizer: optimizers.adam({ learningRate: 0.1 }),
  loss: "meanSquaredError",
  epochs: 500,
});

export const components = sequential({ name: "components", inputShape: [30] }, [layers.dense(2), layers.dense(30)]);
const table = csv("data/cells.csv", { features: Array.from({ length: 30 }, (_, column) => column), label: "diagnosis" });

export const machine = sequential({ name: "machine", inputShape: [30] }, [layers.dense(1)]);
export const separated = train(machine, {
  data: table.standardize(),
  optimizer: "sgd",
  loss: losses.hinge(),
  metrics: [metrics.binaryAccuracy({ threshold: 0 })],
});

export const counts = sequential({ name: "counts", inputShape: [4] }, [
  layers.dense(16, { activation: "relu" }),
  layers.dense(1, { activation: "exponential" }),
]);
export const counted = train(counts, {
  data: arrays({ x: [[1, 0, 0, 2]], y: [3] }),
  optimizer: "adam",
  loss: "poisson",
});

export const stars = sequential({ name: "stars", inputShape: [4] }, [layers.dense(16, { activation: "relu" }), layers.dense(1)]);
export const rated = train(stars, {
  data: arrays({
    x: [
      [1, 0, 0, 2],
      [0, 0, 1, 1],
      [2, 1, 1, 0],
    ],
    y: [3, 5, 1],
  }),
  optimizer: "adam",
  loss: "mse",
  metrics: ["mae"],
});
