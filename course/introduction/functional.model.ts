// The functional API: two inputs that merge, two outputs that branch. Each output has a loss of its own.
import { arrays, input, layers, model, train } from "layerwise";

const left = input({ shape: [1], name: "left" });
const right = input({ shape: [1], name: "right" });

const both = layers.concatenate()([left, right]);
const shared = layers.dense(16, { activation: "relu", name: "shared" })(both);

const sum = layers.dense(1, { name: "sum_head" })(shared);
const order = layers.dense(1, { activation: "sigmoid", name: "order_head" })(layers.dense(8, { activation: "relu" })(shared));

export const twoHeads = model({ name: "two_heads", inputs: { left, right }, outputs: { sum, order } });

const pairs = Array.from({ length: 1000 }, (_, index) => [0.7549, 0.5698].map((step) => 2 * ((index * step) % 1) - 1));
const a = pairs.map(([x = 0]) => [x]);
const b = pairs.map(([, x = 0]) => [x]);

export default train(twoHeads, {
  data: arrays({
    x: { left: a, right: b },
    y: { sum: pairs.map(([x = 0, y = 0]) => x + y), order: pairs.map(([x = 0, y = 0]) => (x < y ? 1 : 0)) },
  }).split({ validation: 0.2 }),
  optimizer: "adam",
  loss: { sum: "meanSquaredError", order: "binaryCrossentropy" },
  metrics: { sum: ["meanAbsoluteError"], order: ["accuracy"] },
  // How much each task counts in the total.
  lossWeights: { sum: 1, order: 0.5 },
  epochs: 30,
  seed: 1,
});
