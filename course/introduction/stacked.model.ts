// One layer more, added with add(): 12 + 8 + 6 = 26 parameters.
import { arrays, layers, optimizers, sequential, train } from "layerwise";

export const stacked = sequential({ name: "stacked", inputShape: [3] });
stacked.add(layers.dense(3, { activation: "relu" }));
// Softmax belongs at the end alone. In the middle it would squeeze what the next layer sees into shares that sum to 1.
stacked.add(layers.dense(2, { activation: "relu" }));
stacked.add(layers.dense(2, { activation: "softmax" }));

const points = Array.from({ length: 500 }, (_, index) => [0.8192, 0.671, 0.5497].map((step) => 2 * ((index * step) % 1) - 1));

export default train(stacked, {
  data: arrays({ x: points, y: points.map((point) => (point.reduce((sum, value) => sum + value) > 0 ? 1 : 0)) }).split({
    validation: 0.2,
  }),
  optimizer: optimizers.adam({ learningRate: 0.01 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  epochs: 20,
  seed: 1,
});
