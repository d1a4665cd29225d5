import { arrays, input, layers, model, train } from "layerwise";

// A weighted mean over time whose weights are learned, squeeze and excitation, and a mixture of experts.
const series = input({ shape: [30, 8] });
const states = layers.bidirectional(layers.lstm(16, { returnSequences: true }))(series);
const scores = layers.dense(1)(layers.dense(16, { activation: "tanh" })(states));
const weights = layers.softmax({ axis: 1 })(scores);
const context = layers.flatten()(layers.dot({ axes: 1 })([weights, states]));
const gate = layers.dense(32, { activation: "sigmoid" })(layers.dense(8, { activation: "relu" })(context));
const excited = layers.multiply()([context, gate]);
const experts = [0, 1, 2].map(() => layers.reshape([1, 4])(layers.dense(4, { activation: "relu" })(excited)));
const choice = layers.dense(3, { activation: "softmax" })(excited);
const mixed = layers.dot({ axes: 1 })([layers.concatenate({ axis: 1 })(experts), choice]);

export const network = model({ inputs: series, outputs: layers.dense(1, { activation: "tanh" })(mixed) });
export default train(network, {
  data: arrays({ x: { values: new Float32Array(2 * 240), shape: [2, 30, 8] }, y: [0.2, -0.7] }),
  optimizer: "adam",
  loss: "mse",
});
