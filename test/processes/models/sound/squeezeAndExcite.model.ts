import { input, layers, model, type SymbolicTensor } from "layerwise";

function squeezeAndExcite(map: SymbolicTensor, channels: number): SymbolicTensor {
  const squeezed = layers.reshape([1, 1, channels])(layers.globalAveragePooling2d()(map));
  const narrow = layers.dense(channels / 16, { activation: "relu", useBias: false })(squeezed);
  const weights = layers.dense(channels, { activation: "sigmoid", useBias: false })(narrow);
  return layers.multiply()([map, weights]);
}

const image = input({ shape: [32, 32, 3] });
const map = squeezeAndExcite(layers.conv2d(64, 3, { padding: "same", activation: "relu" })(image), 64);

export const network = model({
  inputs: image,
  outputs: layers.dense(10, { activation: "softmax" })(layers.globalAveragePooling2d()(map)),
});
