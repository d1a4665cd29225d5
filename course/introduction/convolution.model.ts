// Convolution: the same few weights slide over the whole image, so that a stroke is found wherever it is.
import { layers, sequential, train } from "layerwise";
import { digits } from "layerwise/datasets";

export const convolution = sequential({ name: "convolution", inputShape: [8, 8] }, [
  // Convolutions want channels; a grey image has one.
  layers.reshape([8, 8, 1]),
  // 16 filters of 3×3 pixels and a bias each: 3·3·1·16 + 16 = 160, however large the image is.
  layers.conv2d(16, 3, { activation: "relu", padding: "same" }),
  // The greatest of each 2×2 window. Nothing to learn: 0 parameters.
  layers.maxPooling2d(),
  layers.conv2d(32, 3, { activation: "relu" }),
  layers.flatten(),
  layers.dropout(0.3),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(convolution, {
  data: digits()
    .scale(1 / 16)
    .shuffle(420)
    .split({ validation: 0.1, test: 0.2 }),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  epochs: 15,
  seed: 1,
});
