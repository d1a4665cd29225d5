import { input, layers, model, train } from "layerwise";
import { digits } from "layerwise/datasets";

const pixels = input({ shape: [8, 8], name: "pixels" });
const flat = layers.flatten()(pixels);

// A residual connection: what the hidden layers add to what came in.
const hidden = layers.dense(64, { activation: "relu", kernelInitializer: "heNormal" })(flat);
const sum = layers.add()([flat, hidden]);
const classes = layers.dense(10, { activation: "softmax" })(sum);

export const network = model({ name: "network", inputs: pixels, outputs: classes });

export default train(network, {
  data: digits()
    .split({ validation: 0.2 })
    .scale(1 / 16),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 32,
  epochs: 10,
  seed: 42,
});
