import { layers, sequential } from "layerwise";

const latent = 128;

export const discriminator = sequential({ name: "discriminator", inputShape: [64, 64, 3] }, [
  layers.conv2d(64, 4, { strides: 2, padding: "same" }),
  layers.leakyReLU({ negativeSlope: 0.2 }),
  layers.conv2d(128, 4, { strides: 2, padding: "same" }),
  layers.leakyReLU({ negativeSlope: 0.2 }),
  layers.conv2d(128, 4, { strides: 2, padding: "same" }),
  layers.leakyReLU({ negativeSlope: 0.2 }),
  layers.flatten(),
  layers.dropout(0.2),
  layers.dense(1, { activation: "sigmoid" }),
]);

export const generator = sequential({ name: "generator", inputShape: [latent] }, [
  layers.dense(8 * 8 * 128),
  layers.reshape([8, 8, 128]),
  layers.conv2dTranspose(128, 4, { strides: 2, padding: "same" }),
  layers.leakyReLU({ negativeSlope: 0.2 }),
  layers.conv2dTranspose(256, 4, { strides: 2, padding: "same" }),
  layers.leakyReLU({ negativeSlope: 0.2 }),
  layers.conv2dTranspose(512, 4, { strides: 2, padding: "same" }),
  layers.leakyReLU({ negativeSlope: 0.2 }),
  layers.conv2d(3, 5, { padding: "same", activation: "tanh" }),
]);
