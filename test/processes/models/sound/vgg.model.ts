import { layers, sequential } from "layerwise";

export const vgg = sequential({ name: "vgg", inputShape: [32, 32, 3] });
for (const [filters, depth] of [
  [32, 2],
  [64, 2],
  [128, 3],
] as const) {
  for (let i = 0; i < depth; i++) vgg.add(layers.conv2d(filters, 3, { padding: "same", activation: "relu" }));
  vgg.add(layers.maxPooling2d(2, { strides: 2 }));
  vgg.add(layers.spatialDropout2d(0.2));
}
vgg.add(layers.flatten());
vgg.add(layers.dense(256, { activation: "relu" }));
vgg.add(layers.dropout(0.5));
vgg.add(layers.dense(10));
vgg.add(layers.softmax());
