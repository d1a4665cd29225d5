import { arrays, layers, sequential, train } from "layerwise";

const images = { values: new Float32Array(2 * 28 * 28), shape: [2, 28, 28, 1] };

export const autoencoder = sequential({ inputShape: [28, 28, 1] }, [
  layers.conv2d(32, 3, { activation: "relu", padding: "same" }),
  layers.maxPooling2d(2, { padding: "same" }),
  layers.conv2d(32, 3, { activation: "relu", padding: "same" }),
  layers.maxPooling2d(2, { padding: "same" }),
  layers.conv2dTranspose(32, 3, { strides: 2, activation: "relu", padding: "same" }),
  layers.conv2dTranspose(32, 3, { strides: 2, activation: "relu", padding: "same" }),
  layers.conv2d(1, 3, { activation: "sigmoid", padding: "same" }),
]);
export default train(autoencoder, {
  data: arrays({ x: images, y: images }),
  optimizer: "adam",
  loss: "meanSquaredError",
  metrics: ["meanAbsoluteError"],
});
