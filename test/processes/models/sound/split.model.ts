import { arrays, input, layers, model, sequential, train } from "layerwise";
import { blosum62, fashionMnist, iris } from "layerwise/datasets";

// Splits that leave enough, of which one does not apply, and arrays in every form.
const flowers = sequential({ name: "flowers", inputShape: [4] }, [layers.dense(3, { activation: "softmax" })]);
const loss = "sparseCategoricalCrossentropy";
export const shares = train(flowers, {
  data: iris().shuffle(1).split({ validation: 0.2, test: 0.2 }).standardize(),
  optimizer: "adam",
  loss,
});
export const counts = train(flowers, {
  data: iris().take(100).split({ test: 50 }).split({ validation: 49 }).standardize(),
  optimizer: "adam",
  loss,
});
export const fromFirst = train(flowers, {
  data: arrays({
    x: [
      [1, 2, 3, 4],
      [5, 6, 7, NaN],
    ],
    y: [2, -1],
  }).take(1),
  optimizer: "adam",
  loss,
});

export const clothes = sequential({ name: "clothes", inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(10, { activation: "softmax" }),
]);
export const ownTest = train(clothes, {
  data: fashionMnist()
    .scale(1 / 255)
    .split({ test: 70_000, validation: 5000 }),
  optimizer: "adam",
  loss,
});

const sum = sequential({ name: "sum", inputShape: [2] }, [layers.dense(1, { name: "total" })]);
export const typed = train(sum, {
  data: arrays({ x: { values: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }, y: { total: Float64Array.of(3, 7) } }),
  optimizer: "sgd",
  loss: "mse",
});

const i = input({ name: "i", shape: [1] });
const j = input({ name: "j", shape: [1] });
export const exchange = model({ name: "exchange", inputs: [i, j], outputs: layers.dense(1)(layers.concatenate()([i, j])) });
export const pairs = train(exchange, { data: blosum62().scale(1 / 20), optimizer: "adam", loss: "mse" });
