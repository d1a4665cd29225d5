import { layers, optimizers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

export const network = sequential({ name: "network", inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(300, { activation: "relu", kernelInitializer: "heNormal" }),
  layers.dense(100, { activation: "relu", kernelInitializer: "heNormal" }),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(network, {
  data: fashionMnist().split({ validation: 5000 }).standardize(),
  optimizer: optimizers.sgd({ learningRate: 0.01 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 32,
  epochs: 5,
  seed: 42,
});
