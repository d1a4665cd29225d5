import "@tensorflow/tfjs-backend-cpu";
import "../../../src/nn/gradients";
import { add, matMul, mean, relu, type Tensor, tensor2d, valueAndGrads } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { type Layer, Linear, ReLU, Sigmoid, Softmax } from "../../../course/from-scratch/layers.ts";
import {
  binaryCrossentropy,
  crossentropyFromLogits,
  type Loss,
  meanAbsoluteError,
  meanSquaredError,
} from "../../../course/from-scratch/losses.ts";
import { Matrix } from "../../../course/from-scratch/matrix.ts";
import { MultiLayerNetwork, oneHot, trainTestSplit } from "../../../course/from-scratch/network.ts";
import { learnDigits, readDigits } from "../../../course/from-scratch/digits.ts";
import { randomNumbers } from "../../../course/from-scratch/random.ts";
import { categoricalCrossentropy } from "../../../src/nn/losses";
import { ensureDataset } from "../../../scripts/lib/datasets.mjs";

const H = 1e-5;

function randomMatrix(rows: number, columns: number, seed: number, scale = 2): Matrix {
  const random = randomNumbers(seed);
  return new Matrix(rows, columns).map(() => scale * (2 * random() - 1));
}

/** Central differences of a number by each element of a matrix. */
function numericalGradient(f: (x: Matrix) => number, x: Matrix): Matrix {
  const nudged = (index: number, by: number): number => f(x.map((value, other) => (other === index ? value + by : value)));
  return x.map((_, index) => (nudged(index, H) - nudged(index, -H)) / (2 * H));
}

function expectGradient(received: Matrix, expected: Matrix): void {
  received.values.forEach((value, index) => {
    const other = expected.values[index]!;
    expect(Math.abs(value - other) / Math.max(1e-3, Math.abs(value) + Math.abs(other))).toBeLessThan(1e-6);
  });
}

const PREDICTION = randomMatrix(5, 3, 1);
const TARGET = randomMatrix(5, 3, 2);

describe("losses from scratch have the derivatives that finite differences give", () => {
  const probabilities = PREDICTION.map((value) => 0.5 + value / 5);
  const labels = TARGET.map((value) => (value > 0 ? 1 : 0));
  const cases: readonly [string, Loss, Matrix, Matrix][] = [
    ["meanAbsoluteError", meanAbsoluteError, PREDICTION, TARGET],
    ["meanSquaredError", meanSquaredError, PREDICTION, TARGET],
    ["binaryCrossentropy", binaryCrossentropy, probabilities, labels],
    ["crossentropyFromLogits", crossentropyFromLogits, PREDICTION, oneHot([0, 2, 1, 1, 0], 3)],
  ];
  it.each(cases)("%s", (_, loss, prediction, target) => {
    expectGradient(
      loss.derivative(prediction, target),
      numericalGradient((x) => loss.value(x, target), prediction),
    );
  });

  it("and cross-entropy does not overflow", () => {
    expect(crossentropyFromLogits.value(Matrix.from([[1000, 0]]), oneHot([1], 2))).toBe(1000);
  });
});

describe("layers from scratch pass on the gradient that finite differences give", () => {
  const cases: readonly [string, Layer][] = [
    ["Linear", new Linear(4, 3, randomNumbers(3))],
    ["Sigmoid", new Sigmoid()],
    ["ReLU", new ReLU()],
    ["Softmax", new Softmax()],
    [
      "a network",
      new MultiLayerNetwork()
        .add(new Linear(4, 3, randomNumbers(4)))
        .add(new Sigmoid())
        .add(new Linear(3, 2, randomNumbers(5))),
    ],
  ];
  it.each(cases)("%s", (_, layer) => {
    const x = randomMatrix(5, 4, 6);
    const factors = randomMatrix(5, layer.forward(x).columns, 7);
    const weightedSum = (input: Matrix): number =>
      layer
        .forward(input)
        .combine(factors, (a, b) => a * b)
        .values.reduce((a, b) => a + b, 0);
    layer.forward(x);
    expectGradient(layer.backward(factors), numericalGradient(weightedSum, x));
  });
});

describe("the network from scratch", () => {
  it("has the gradients of automatic differentiation on equal weights", () => {
    const first = new Linear(4, 6, randomNumbers(8));
    const second = new Linear(6, 3, randomNumbers(9));
    const network = new MultiLayerNetwork().add(first).add(new ReLU()).add(second);
    const x = randomMatrix(7, 4, 10);
    const target = oneHot([0, 1, 2, 0, 1, 2, 1], 3);
    network.backward(crossentropyFromLogits.derivative(network.forward(x), target));

    const tensorOf = ({ values, rows, columns }: Matrix): Tensor => tensor2d(Float32Array.from(values), [rows, columns]);
    const loss = categoricalCrossentropy({ fromLogits: true });
    const { value, grads } = valueAndGrads((w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) => {
      const hidden = relu(add(matMul(tensorOf(x), w1), b1));
      return mean(loss.call(tensorOf(target), add(matMul(hidden, w2), b2)));
    })([first.weights, first.biases, second.weights, second.biases].map(tensorOf));
    expect(value.dataSync()[0]).toBeCloseTo(crossentropyFromLogits.value(network.forward(x), target), 5);
    [first.weightGradient, first.biasGradient, second.weightGradient, second.biasGradient].forEach((gradient, index) => {
      grads[index]!.dataSync().forEach((derivative, element) => {
        expect(derivative).toBeCloseTo(gradient.values[element]!, 5);
      });
    });
  });

  it("splits samples without losing or repeating any", () => {
    const samples = { x: new Matrix(10, 1).map((_, index) => index), labels: Array.from({ length: 10 }, (_, index) => index) };
    const { training, test } = trainTestSplit(samples, 0.2, randomNumbers(1));
    expect(test.labels).toHaveLength(2);
    expect([...training.labels, ...test.labels].sort()).toEqual(samples.labels);
    expect([...training.x.values]).toEqual(training.labels);
  });

  it("learns the digits: at least .95 on the test part", async () => {
    const folder = await ensureDataset("digits");
    const losses: number[] = [];
    const result = learnDigits(readDigits(`${folder}/digits.csv.gz`), (_, loss) => losses.push(loss));
    expect(losses).toHaveLength(100);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 10);
    expect(result).toBeGreaterThanOrEqual(0.95);
  });
});
