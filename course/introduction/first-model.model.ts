// The first network: is the sum of three numbers positive? Three numbers in, two classes out.
import { arrays, layers, optimizers, sequential, train } from "layerwise";

export const first = sequential({ name: "first_model", inputShape: [3] }, [
  // 3 units, each with 3 weights and 1 bias: 3·3 + 3 = 12.
  layers.dense(3, { activation: "relu" }),
  // 2 units, each with 3 weights and 1 bias: 3·2 + 2 = 8. Softmax makes them probabilities that sum to 1.
  layers.dense(2, { activation: "softmax" }),
]);

/** 500 points of the cube [−1, 1]³ from Weyl's sequence: even, without any randomness. */
const points = Array.from({ length: 500 }, (_, index) => [0.8192, 0.671, 0.5497].map((step) => 2 * ((index * step) % 1) - 1));

export default train(first, {
  data: arrays({ x: points, y: points.map((point) => (point.reduce((sum, value) => sum + value) > 0 ? 1 : 0)) }).split({
    validation: 0.2,
  }),
  optimizer: optimizers.adam({ learningRate: 0.01 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  epochs: 20,
  seed: 1,
});
