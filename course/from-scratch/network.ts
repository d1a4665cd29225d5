import type { Layer } from "./layers.ts";
import type { Loss } from "./losses.ts";
import { Matrix } from "./matrix.ts";
import { shuffled } from "./random.ts";

/** Layers in a row, itself a layer. */
export class MultiLayerNetwork implements Layer {
  readonly layers: Layer[] = [];

  add(layer: Layer): this {
    this.layers.push(layer);
    return this;
  }

  forward(x: Matrix): Matrix {
    return this.layers.reduce((value, layer) => layer.forward(value), x);
  }

  /** The chain rule, from the last layer to the first. */
  backward(outputGradient: Matrix): Matrix {
    return this.layers.reduceRight((gradient, layer) => layer.backward(gradient), outputGradient);
  }

  updateParams(learningRate: number): void {
    for (const layer of this.layers) layer.updateParams(learningRate);
  }
}

export interface Samples {
  readonly x: Matrix;
  /** Class numbers. */
  readonly labels: readonly number[];
}

export interface TrainingOptions {
  readonly loss: Loss;
  readonly classes: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly random: () => number;
  /** Called after each epoch with the mean loss of its samples. */
  readonly onEpoch?: (epoch: number, loss: number) => void;
}

/** Gradient descent on shuffled batches. */
export function trainNetwork(network: MultiLayerNetwork, { x, labels }: Samples, options: TrainingOptions): void {
  const { loss, batchSize, epochs, learningRate, random } = options;
  const targets = oneHot(labels, options.classes);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = shuffled(x.rows, random);
    let total = 0;
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = order.slice(start, start + batchSize);
      const prediction = network.forward(x.pick(batch));
      const target = targets.pick(batch);
      // The last batch is shorter: weighted by its samples, the mean is that of all samples.
      total += loss.value(prediction, target) * batch.length;
      network.backward(loss.derivative(prediction, target));
      network.updateParams(learningRate);
    }
    options.onEpoch?.(epoch, total / x.rows);
  }
}

/** The share of samples whose greatest output is their class's. */
export function accuracy(network: MultiLayerNetwork, { x, labels }: Samples): number {
  return (
    network
      .forward(x)
      .argMax()
      .filter((predicted, row) => predicted === labels[row]).length / labels.length
  );
}

/** 3 of 5 classes → (0, 0, 0, 1, 0). */
export function oneHot(labels: readonly number[], classes: number): Matrix {
  const result = new Matrix(labels.length, classes);
  labels.forEach((label, row) => (result.row(row)[label] = 1));
  return result;
}

/** Shuffles, then keeps a share for testing: files are often sorted, and a test on the last classes alone would mislead. */
export function trainTestSplit(
  { x, labels }: Samples,
  testShare: number,
  random: () => number,
): { training: Samples; test: Samples } {
  const order = shuffled(x.rows, random);
  const testCount = Math.round(x.rows * testShare);
  const part = (rows: readonly number[]): Samples => ({ x: x.pick(rows), labels: rows.map((row) => labels[row]!) });
  return { training: part(order.slice(testCount)), test: part(order.slice(0, testCount)) };
}
