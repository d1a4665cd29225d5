// The network to compare with: dense layers on MNIST.
import { layers, optimizers, sequential, train } from "layerwise";
import { mnist } from "layerwise/datasets";

export const dense = sequential({ name: "dense_network", inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(64, { activation: "relu" }),
  layers.dense(64, { activation: "relu" }),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(dense, {
  data: mnist()
    .scale(1 / 255)
    .split({ validation: 0.2 }),
  optimizer: optimizers.rmsprop({ learningRate: 1e-3 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 64,
  epochs: 5,
  seed: 42,
});
