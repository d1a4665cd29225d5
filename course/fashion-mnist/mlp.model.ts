// Ten kinds of clothes, 28×28 pixels: which one is it?
import { callbacks, layers, optimizers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

// Before you look at the numbers beside the lines, derive them: a dense layer has one weight for each pair of input and unit, and one
// bias for each unit. 784·300 + 300 = 235,500; and then?
export const mlp = sequential({ name: "mlp", inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(300, { kernelInitializer: "heNormal" }),
  layers.leakyReLU(),
  layers.dense(100, { kernelInitializer: "heNormal" }),
  layers.leakyReLU(),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(mlp, {
  // Mean and deviation of each pixel come from the 55,000 training images alone: validation and test stay unseen.
  data: fashionMnist().split({ validation: 5000 }).standardize(),
  optimizer: optimizers.sgd({ learningRate: 1e-3 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 32,
  epochs: 5,
  seed: 42,
  callbacks: [callbacks.modelCheckpoint({ monitor: "valLoss", saveBestOnly: true })],
});
