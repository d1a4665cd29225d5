import { layer, Layer, layers, sequential, tf, train, type Shape, type Weight } from "layerwise";
import { digits } from "layerwise/datasets";

/** A layer of your own: each unit answers to inputs near its centre. y_i = exp(−‖x − c_i‖² / σ_i²) */
class RBF extends Layer {
  centers!: Weight;
  widths!: Weight;

  constructor(readonly units: number) {
    super();
  }

  override build(inputShape: Shape): void {
    const features = inputShape.at(-1) ?? 0;
    this.centers = this.addWeight("centers", [features, this.units], { initializer: "randomUniform" });
    this.widths = this.addWeight("widths", [this.units], { initializer: "ones" });
  }

  override call(x: tf.Tensor): tf.Tensor {
    // (batch, n, 1) − (n, units) → (batch, n, units): every sample minus every centre.
    const distances = tf.expandDims(x, -1).sub(this.centers).square().mean(1);
    return distances.div(this.widths.square()).neg().exp();
  }
}

const rbf = layer(RBF);

export const network = sequential({ name: "network", inputShape: [8, 8] }, [
  layers.flatten(),
  rbf(64),
  layers.dense(10, { activation: "softmax" }),
]);

export default train(network, {
  data: digits()
    .split({ validation: 0.2 })
    .scale(1 / 16),
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 32,
  epochs: 20,
  seed: 42,
});
