import { layers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

export const network = sequential({ name: "network", inputShape: [28, 28] }, [
  // A convolution takes images with channels: these have one.
  layers.reshape([28, 28, 1]),
  layers.conv2d(32, 3, { activation: "relu", kernelInitializer: "heNormal" }),
  layers.maxPooling2d(2),
  layers.conv2d(64, 3, { activation: "relu", kernelInitializer: "heNormal" }),
  layers.globalAveragePooling2d(),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(network, {
  data: fashionMnist().split({ validation: 5000 }).standardize(),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 64,
  epochs: 5,
  seed: 42,
});
