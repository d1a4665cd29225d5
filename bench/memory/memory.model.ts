// What `npm run bench:memory` trains, often and long.
import { arrays, layers, optimizers, sequential, train } from "layerwise";

const SAMPLES = 9_600;
const CLASSES = 10;
const FEATURES = 64;

const network = sequential({ name: "memory", inputShape: [FEATURES] }, [
  layers.dense(64, { activation: "relu" }),
  layers.batchNormalization(),
  layers.dropout(0.2),
  layers.dense(CLASSES, { activation: "softmax" }),
]);

const plan = {
  data: arrays({
    x: {
      values: Float32Array.from({ length: SAMPLES * FEATURES }, (_, index) => Math.sin(1.7 * index)),
      shape: [SAMPLES, FEATURES],
    },
    y: Float32Array.from({ length: SAMPLES }, (_, index) => index % CLASSES),
  }).split({ validation: 1600, test: 1600 }),
  optimizer: optimizers.adam(),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 32,
  seed: 42,
} as const;

// 6,400 samples: 200 steps an epoch.
export const short = train(network, { ...plan, epochs: 1 });
export const long = train(network, { ...plan, epochs: 50 });
