import { layers, sequential } from "layerwise";

// Every frame through one convolutional network, the frames' features through a recurrent one.
const frame = sequential({ name: "frame", inputShape: [64, 64, 3] }, [
  layers.rescaling(1 / 127.5, { offset: -1 }),
  layers.conv2d(16, 3, { activation: "relu" }),
  layers.maxPooling2d(2),
  layers.conv2d(32, 3, { activation: "relu" }),
  layers.globalMaxPooling2d(),
]);

export const video = sequential({ name: "video", inputShape: [10, 64, 64, 3] }, [
  layers.timeDistributed(frame),
  layers.gru(32),
  layers.dropout(0.4),
  layers.dense(8, { activation: "relu" }),
  layers.dense(5, { activation: "softmax" }),
]);
