import { input, layers, model, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

// MLP-Mixer: dense layers along the patches and along the channels, in turns.
const image = input({ shape: [28, 28] });
let x = layers.conv2d(64, 4, { strides: 4 })(layers.reshape([28, 28, 1])(image));
x = layers.reshape([49, 64])(x);
for (let block = 0; block < 2; block++) {
  let tokens = layers.permute([2, 1])(layers.layerNormalization()(x));
  tokens = layers.dense(49)(layers.dense(32, { activation: "gelu" })(tokens));
  x = layers.add()([x, layers.permute([2, 1])(tokens)]);
  const channels = layers.dense(128, { activation: "gelu" })(layers.layerNormalization()(x));
  x = layers.add()([x, layers.dense(64)(channels)]);
}
x = layers.globalAveragePooling1d()(layers.layerNormalization()(x));

export const mixer = model({ name: "mixer", inputs: image, outputs: layers.dense(10, { activation: "softmax" })(x) });
export default train(mixer, {
  data: fashionMnist()
    .scale(1 / 255)
    .oneHot(10),
  optimizer: "adamW",
  loss: "categoricalCrossentropy",
  metrics: ["accuracy", "topKCategoricalAccuracy"],
});
