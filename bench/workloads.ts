import {
  arrays,
  initializers,
  input,
  layer,
  Layer,
  layers,
  model,
  optimizers,
  sequential,
  type Shape,
  tf,
  train,
  type Weight,
} from "../src/dsl";
import type { Plan } from "../src/dsl/plan";

/** An epoch of a fast network lasts long enough for its beginning and end to count for as little as they do with real data. */
const SAMPLES = 16_000;
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

/** The Gaussian basis functions of course/rbf, which start from numbers that every library can draw. */
class RBF extends Layer {
  centers!: Weight;
  widths!: Weight;
  heights!: Weight;

  constructor(readonly units: number) {
    super();
  }

  override build(inputShape: Shape): void {
    const features = inputShape.at(-1) ?? 0;
    this.centers = this.addWeight("centers", [features, this.units], { initializer: "randomNormal" });
    this.widths = this.addWeight("widths", [this.units], { initializer: initializers.constant(10) });
    this.heights = this.addWeight("heights", [this.units], { initializer: "ones" });
  }

  override call(x: tf.Tensor): tf.Tensor {
    const distances = tf.expandDims(x, -1).sub(this.centers).square().sum(1);
    return distances.div(this.widths.square()).neg().exp().mul(this.heights);
  }
}

const rbf = layer(RBF);

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
  rbf: () =>
    train(sequential({ name: "rbf", inputShape: [28, 28] }, [layers.flatten(), rbf(64), rbf(64), softmax()]), {
      ...rest,
      data: data(28, 28),
      optimizer: optimizers.rmsprop({ learningRate: 1e-3 }),
    }),
};
