import { arrays, input, layers, model, train } from "layerwise";

// Géron's wide and deep regression with an auxiliary output.
const wide = input({ shape: [5], name: "wide_input" });
const deep = input({ shape: [6], name: "deep_input" });
const normalizedWide = layers.normalization()(wide);
const normalizedDeep = layers.normalization()(deep);
const hidden1 = layers.dense(30, { activation: "relu" })(normalizedDeep);
const hidden2 = layers.dense(30, { activation: "relu" })(hidden1);
const concatenated = layers.concatenate()([normalizedWide, hidden2]);
const output = layers.dense(1, { name: "output" })(concatenated);
const auxiliary = layers.dense(1, { name: "auxiliary" })(hidden2);

export const housing = model({ inputs: [wide, deep], outputs: { output, auxiliary } });
export default train(housing, {
  data: arrays({
    x: { wide_input: [[1, 2, 3, 4, 5000]], deep_input: [[3, 4, 5000, 6, 7, 8]] },
    y: { output: [2], auxiliary: [2] },
  }),
  optimizer: "adam",
  loss: { output: "mse", auxiliary: "mse" },
  lossWeights: { output: 0.9, auxiliary: 0.1 },
  metrics: { output: ["rootMeanSquaredError"] },
});
