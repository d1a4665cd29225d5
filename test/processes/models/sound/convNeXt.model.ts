import { input, layers, model, type SymbolicTensor } from "layerwise";

function block(map: SymbolicTensor, channels: number): SymbolicTensor {
  const mixed = layers.layerNormalization()(layers.depthwiseConv2d(7, { padding: "same" })(map));
  const wide = layers.dense(4 * channels, { activation: "gelu" })(mixed);
  return layers.add()([map, layers.dense(channels)(wide)]);
}

const image = input({ shape: [32, 32, 3] });
const patches = layers.layerNormalization()(layers.conv2d(64, 4, { strides: 4 })(image));
const pooled = layers.globalAveragePooling2d()(block(block(patches, 64), 64));

export const network = model({ inputs: image, outputs: layers.dense(10, { activation: "softmax" })(pooled) });
