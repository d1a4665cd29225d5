// A lambda computes what no layer offers, here of two tensors: are two points nearer to each other than 1?
import { arrays, input, layers, model, optimizers, tf, train } from "layerwise";

const a = input({ shape: [2], name: "a" });
const b = input({ shape: [2], name: "b" });

// No parameters: the network need not learn Pythagoras. What it learns is where near ends.
const squaredDistance = layers.lambda(([p, q]) => tf.sum(tf.squaredDifference(p, q), -1, true), { name: "squared_distance" });

export const near = model({
  name: "near",
  inputs: [a, b],
  outputs: layers.dense(1, { activation: "sigmoid" })(squaredDistance([a, b])),
});

const pairs = Array.from({ length: 1000 }, (_, index) =>
  [0.8566, 0.7338, 0.6286, 0.5385].map((step) => 2 * ((index * step) % 1) - 1),
);
const left = pairs.map(([x = 0, y = 0]) => [x, y]);
const right = pairs.map(([, , x = 0, y = 0]) => [x, y]);
const isNear = pairs.map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => (Math.hypot(x1 - x2, y1 - y2) < 1 ? 1 : 0));

export default train(near, {
  data: arrays({ x: { a: left, b: right }, y: isNear }).split({ validation: 0.2 }),
  optimizer: optimizers.adam({ learningRate: 0.05 }),
  loss: "binaryCrossentropy",
  metrics: ["accuracy"],
  epochs: 30,
  seed: 1,
});
