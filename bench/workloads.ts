import { arrays, input, layers, model, optimizers, sequential, train } from "../src/dsl";
import type { Plan } from "../src/dsl/plan";

const SAMPLES = 3200;
const CLASSES = 10;

/** Numbers that repeat nowhere; what they are does not change what a step costs. */
function data(...shape: readonly number[]): ReturnType<typeof arrays> {
  const size = shape.reduce((product, dimension) => product * dimension, SAMPLES);
  const values = Float32Array.from({ length: size }, (_, index) => Math.sin(1.7 * index));
  const labels = Float32Array.from({ length: SAMPLES }, (_, index) => index % CLASSES);
  return arrays({ x: { values, shape: [SAMPLES, ...shape] }, y: { values: labels, shape: [SAMPLES] } });
}

const rest = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], batchSize: 32, epochs: 1, seed: 42 } as const;
const softmax = (): ReturnType<typeof layers.dense> => layers.dense(CLASSES, { activation: "softmax" });

/** The networks that design and issues speak of; batch 32. */
export const WORKLOADS: Readonly<Record<string, () => Plan>> = {
  mlp: () =>
    train(
      sequential({ name: "mlp", inputShape: [28, 28] }, [
        layers.flatten(),
        layers.dense(300, { kernelInitializer: "heNormal" }),
        layers.leakyReLU(),
        layers.dense(100, { kernelInitializer: "heNormal" }),
        layers.leakyReLU(),
        softmax(),
      ]),
      { ...rest, data: data(28, 28), optimizer: optimizers.sgd({ learningRate: 1e-3 }) },
    ),
  deep: () => {
    const deep = sequential({ name: "deep", inputShape: [28, 28] }, [layers.flatten()]);
    for (let index = 0; index < 60; index++) {
      deep.add(layers.dense(100, { activation: "selu", kernelInitializer: "lecunNormal" }));
    }
    deep.add(softmax());
    return train(deep, { ...rest, data: data(28, 28), optimizer: optimizers.sgd({ learningRate: 1e-3 }) });
  },
  cnn: () =>
    train(
      sequential({ name: "cnn", inputShape: [28, 28, 1] }, [
        layers.conv2d(16, 3, { activation: "relu" }),
        layers.maxPooling2d(2),
        layers.conv2d(32, 3, { activation: "relu" }),
        layers.maxPooling2d(2),
        layers.flatten(),
        layers.dense(64, { activation: "relu" }),
        softmax(),
      ]),
      { ...rest, data: data(28, 28, 1), optimizer: optimizers.sgd({ learningRate: 1e-3 }) },
    ),
  lstm: () => {
    const rows = input({ shape: [28, 28] });
    const network = model({ inputs: rows, outputs: softmax()(layers.lstm(64)(rows)), name: "lstm" });
    return train(network, { ...rest, data: data(28, 28), optimizer: optimizers.adam() });
  },
};
