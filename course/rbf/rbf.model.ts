// A layer of your own: Gaussian basis functions. Each unit answers to inputs near its centre, and to nothing else.
import {
  layer,
  Layer,
  layers,
  optimizers,
  sequential,
  tf,
  train,
  type InitializerFunction,
  type Shape,
  type Weight,
} from "layerwise";
import { mnist } from "layerwise/datasets";

/** Centres are training samples, as this layer receives them: column i of μ is a sample. */
const samples: InitializerFunction = ([features = 0, units = 0], { sample }) => {
  const { values } = sample(units).x;
  const centers = new Float32Array(features * units);
  for (let unit = 0; unit < units; unit++) {
    for (let feature = 0; feature < features; feature++) centers[feature * units + unit] = values[unit * features + feature] ?? 0;
  }
  return centers;
};

/** One width for all units: the mean distance between different samples of the same class, among 1,000. */
const inClassDistance: InitializerFunction = ([units = 0], { sample }) => {
  const { x, y } = sample(1000);
  const count = y.values.length;
  const features = x.values.length / count;
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      if (y.values[a] !== y.values[b]) continue;
      let square = 0;
      for (let feature = 0; feature < features; feature++) {
        square += ((x.values[a * features + feature] ?? 0) - (x.values[b * features + feature] ?? 0)) ** 2;
      }
      sum += Math.sqrt(square);
      pairs++;
    }
  }
  return new Float32Array(units).fill(sum / pairs);
};

/** yᵢ = wᵢ · exp(−‖x − μᵢ‖² / σᵢ²) */
class RBF extends Layer {
  centers!: Weight;
  widths!: Weight;
  heights!: Weight;

  constructor(readonly units: number) {
    super();
  }

  override build(inputShape: Shape): void {
    const features = inputShape.at(-1) ?? 0;
    this.centers = this.addWeight("centers", [features, this.units], { initializer: samples });
    this.widths = this.addWeight("widths", [this.units], { initializer: inClassDistance });
    this.heights = this.addWeight("heights", [this.units], { initializer: "ones" });
  }

  override call(x: tf.Tensor): tf.Tensor {
    // (batch, n, 1) − (n, m) → (batch, n, m): every sample minus every centre.
    const distances = tf.expandDims(x, -1).sub(this.centers).square().sum(1);
    return distances.div(this.widths.square()).neg().exp().mul(this.heights);
  }
}

const rbf = layer(RBF);

export const network = sequential({ name: "rbf_network", inputShape: [28, 28] }, [
  layers.flatten(),
  rbf(64),
  rbf(64),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(network, {
  data: mnist()
    .scale(1 / 255)
    .split({ validation: 0.2 }),
  optimizer: optimizers.rmsprop({ learningRate: 1e-3 }),
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 64,
  epochs: 5,
  seed: 42,
});
