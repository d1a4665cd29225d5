// Sixty hidden layers: does deeper mean better?
import { callbacks, layers, optimizers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

export const deep = sequential({ name: "deep", inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(300, { kernelInitializer: "heNormal" }),
  layers.leakyReLU(),
]);

// The first takes 300 inputs, the other 59 take 100: 30,100 + 59·10,100.
for (let index = 0; index < 60; index++) {
  // SELU wants lecunNormal and nothing after it. With heNormal and LeakyReLU the signal grows from layer to layer: look at the initial
  // loss, change both, and look again.
  deep.add(layers.dense(100, { activation: "selu", kernelInitializer: "heNormal" }));
  deep.add(layers.leakyReLU());
}

deep.add(layers.dense(10, { activation: "softmax" }));

export default train(deep, {
  data: fashionMnist().split({ validation: 5000 }).standardize(),
  optimizer: optimizers.sgd({ learningRate: 1e-3 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 32,
  epochs: 5,
  seed: 42,
  callbacks: [callbacks.modelCheckpoint({ monitor: "valLoss", saveBestOnly: true })],
});
