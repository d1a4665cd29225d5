import { layers, sequential, train } from "layerwise";
import { digits } from "layerwise/datasets";

export const network = sequential({ inputShape: [8, 8] }, [layers.flatten()]);
for (let i = 0; i < 8; i++) network.add(layers.dense(50, { activation: "selu", kernelInitializer: "lecunNormal" }));
network.add(layers.alphaDropout(0.1));
network.add(layers.dense(10, { activation: "softmax" }));

export default train(network, {
  data: digits().split({ validation: 0.2 }).standardize(),
  optimizer: "sgd",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});
