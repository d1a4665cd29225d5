import { layers, optimizers, sequential, train } from "layerwise";
import { mnist } from "layerwise/datasets";

export const leNet = sequential({ name: "le_net", inputShape: [28, 28] }, [
  layers.reshape([28, 28, 1]),
  layers.conv2d(6, 5, { padding: "same", activation: "tanh" }),
  layers.averagePooling2d(2),
  layers.conv2d(16, 5, { activation: "tanh" }),
  layers.averagePooling2d(2),
  layers.flatten(),
  layers.dense(120, { activation: "tanh" }),
  layers.dense(84, { activation: "tanh" }),
  layers.dense(10, { activation: "softmax" }),
]);
export default train(leNet, {
  data: mnist()
    .split({ validation: 0.1 })
    .scale(1 / 255),
  optimizer: optimizers.sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["sparseCategoricalAccuracy"],
});
