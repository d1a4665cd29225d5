// XOR: no straight line separates the four points, so a hidden layer is needed. How many units?
import { layers, optimizers, sequential, train } from "layerwise";
import { xor } from "layerwise/datasets";

// Of 100 seeds two ReLU units solve 14, two tanh units about 48, eight tanh units all. Predict, then try.
export const network = sequential({ name: "xor", inputShape: [2] }, [
  layers.dense(8, { activation: "tanh" }),
  layers.dense(1, { activation: "sigmoid" }),
]);

export default train(network, {
  data: xor(),
  optimizer: optimizers.adam({ learningRate: 0.05 }),
  loss: "binaryCrossentropy",
  metrics: ["accuracy"],
  batchSize: 4,
  epochs: 200,
  seed: 1,
});
