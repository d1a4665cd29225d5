import { input, layers, model, type SymbolicTensor } from "layerwise";

function twoConvolutions(x: SymbolicTensor, filters: number): SymbolicTensor {
  x = layers.conv2d(filters, 3, { padding: "same", activation: "relu", kernelInitializer: "heNormal" })(x);
  return layers.conv2d(filters, 3, { padding: "same", activation: "relu", kernelInitializer: "heNormal" })(x);
}

const image = input({ shape: [128, 128, 3] });
const skips: SymbolicTensor[] = [];
let x = image;
for (const filters of [16, 32, 64]) {
  const skip = twoConvolutions(x, filters);
  skips.push(skip);
  x = layers.dropout(0.3)(layers.maxPooling2d(2)(skip));
}
x = twoConvolutions(x, 128);
for (const skip of skips.reverse()) {
  const filters = skip.shape?.at(-1) ?? 16;
  x = layers.conv2dTranspose(filters, 3, { strides: 2, padding: "same" })(x);
  x = layers.concatenate()([x, skip]);
  x = twoConvolutions(layers.dropout(0.3)(x), filters);
}

export const unet = model({
  name: "unet",
  inputs: image,
  outputs: layers.conv2d(3, 1, { padding: "same", activation: "softmax" })(x),
});
