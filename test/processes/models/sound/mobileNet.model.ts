import { input, layers, model, type SymbolicTensor } from "layerwise";

function inverted(x: SymbolicTensor, filters: number, strides: number, expansion = 6): SymbolicTensor {
  const channels = x.shape?.at(-1) ?? 1;
  let y = layers.conv2d(channels * expansion, 1, { padding: "same", useBias: false })(x);
  y = layers.reLU({ maxValue: 6 })(layers.batchNormalization({ momentum: 0.999 })(y));
  y = layers.depthwiseConv2d(3, { strides, padding: "same", useBias: false })(y);
  y = layers.reLU({ maxValue: 6 })(layers.batchNormalization({ momentum: 0.999 })(y));
  // The projection is linear on purpose (MobileNetV2).
  y = layers.conv2d(filters, 1, { padding: "same", useBias: false })(y);
  y = layers.batchNormalization({ momentum: 0.999 })(y);
  return channels === filters && strides === 1 ? layers.add()([x, y]) : y;
}

const image = input({ shape: [96, 96, 3] });
let x = layers.conv2d(16, 3, { strides: 2, padding: "same", useBias: false })(image);
x = layers.reLU({ maxValue: 6 })(layers.batchNormalization()(x));
for (const [filters, strides] of [
  [16, 1],
  [24, 2],
  [24, 1],
  [32, 2],
  [32, 1],
] as const)
  x = inverted(x, filters, strides);
x = layers.globalAveragePooling2d()(x);

export const mobileNet = model({ name: "mobile_net", inputs: image, outputs: layers.dense(100, { activation: "softmax" })(x) });
