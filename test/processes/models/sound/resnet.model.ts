import { input, layers, model, optimizers, type SymbolicTensor, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

function convolution(x: SymbolicTensor, filters: number, strides: number, size = 3): SymbolicTensor {
  x = layers.conv2d(filters, size, { strides, padding: "same", useBias: false, kernelInitializer: "heNormal" })(x);
  return layers.batchNormalization()(x);
}

function block(x: SymbolicTensor, filters: number, strides: number): SymbolicTensor {
  const shortcut = strides === 1 ? x : convolution(x, filters, strides, 1);
  let y = layers.activation("relu")(convolution(x, filters, strides));
  y = convolution(y, filters, 1);
  return layers.activation("relu")(layers.add()([shortcut, y]));
}

const image = input({ shape: [28, 28] });
let x = layers.reshape([28, 28, 1])(image);
x = layers.activation("relu")(convolution(x, 16, 1));
for (const [stage, filters] of [16, 32, 64].entries())
  for (let i = 0; i < 2; i++) x = block(x, filters, i === 0 && stage > 0 ? 2 : 1);
x = layers.globalAveragePooling2d()(x);

export const resnet = model({ name: "resnet", inputs: image, outputs: layers.dense(10, { activation: "softmax" })(x) });
export default train(resnet, {
  data: fashionMnist()
    .split({ validation: 0.1 })
    .scale(1 / 255),
  optimizer: optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});
