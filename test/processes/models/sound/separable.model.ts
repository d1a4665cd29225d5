import { input, layers, model } from "layerwise";

// Kernels that are products of smaller ones, on purpose without an activation between them: by channels, by axes, by resolution.
const image = input({ shape: [64, 64, 3] });
let x = layers.conv2d(32, 3, { padding: "same", activation: "relu" })(image);
x = layers.conv2d(64, 1, { activation: "relu" })(layers.depthwiseConv2d(3, { padding: "same" })(x));
x = layers.conv2d(64, [3, 1], { padding: "same", activation: "relu" })(layers.conv2d(64, [1, 3], { padding: "same" })(x));
x = layers.averagePooling2d(2)(x);
x = layers.conv2d(32, 3, { padding: "same", activation: "relu" })(layers.conv2dTranspose(32, 2, { strides: 2 })(x));
x = layers.conv2d(64, 1, { useBias: false })(x);
x = layers.reLU()(layers.batchNormalization()(layers.depthwiseConv2d(3, { padding: "same", useBias: false })(x)));

export const network = model({ inputs: image, outputs: layers.conv2d(5, 1, { activation: "softmax" })(x) });
