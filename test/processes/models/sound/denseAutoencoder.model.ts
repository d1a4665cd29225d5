import { arrays, input, layers, model, train } from "layerwise";

// Images against themselves: sigmoid with binary cross-entropy on grey values, as in "Building Autoencoders in Keras".
const pixels = { values: new Float32Array(4 * 784), shape: [4, 784] };
const image = input({ shape: [784] });
const encoded = layers.dense(32, { activation: "relu" })(image);
const decoded = layers.dense(784, { activation: "sigmoid" })(encoded);

export const autoencoder = model({ inputs: image, outputs: decoded });
export default train(autoencoder, {
  data: arrays({ x: pixels, y: pixels }),
  optimizer: "adam",
  loss: "binaryCrossentropy",
  epochs: 50,
  batchSize: 256,
});
