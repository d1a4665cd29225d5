import "@tensorflow/tfjs-backend-cpu";
import "../../../src/nn/gradients";
import { grad, mul, sigmoid, softmax, sum, type Tensor, tensor1d, tensor2d, zeros } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import {
  type LossLike,
  type Metric,
  ModelError,
  rememberLogits,
  resolveLoss,
  resolveMetric,
  resolveOptimizer,
} from "../../../src/nn";
import { clipByGlobalNorm } from "../../../src/nn/optimizers/clipping";
import { accuracy } from "../../../src/nn/metrics";

/** A wrong answer given with a certainty that floats round to 1: from probabilities, nothing could be learned from it. */
const CERTAIN = [[-60, 60]];

describe("cross-entropies take the logits behind probabilities", () => {
  const softmaxed = (logits: Tensor): Tensor => rememberLogits(softmax(logits), "softmax", logits);
  const sigmoided = (logits: Tensor): Tensor => rememberLogits(sigmoid(logits), "sigmoid", logits);

  it.each([
    ["sparseCategoricalCrossentropy", tensor1d([0]), softmaxed, [120], [[-1, 1]]],
    ["categoricalCrossentropy", tensor2d([[1, 0]]), softmaxed, [120], [[-1, 1]]],
    ["binaryCrossentropy", tensor2d([[1, 0]]), sigmoided, [60], [[-0.5, 0.5]]],
  ] as const)("%s", (name, labels, activation, value, gradient) => {
    const loss = resolveLoss(name);
    const logits = tensor2d(CERTAIN);
    expect(loss.call(labels, activation(logits)).arraySync()).toEqual(value);
    expect(grad((x: Tensor) => sum(loss.call(labels, activation(x))))(logits).arraySync()).toEqual(gradient);
  });

  it("but not those of another activation", () => {
    const probabilities = tensor2d([[0.25, 0.75]]);
    const misled = rememberLogits(mul(probabilities, 1), "sigmoid", tensor2d(CERTAIN));
    const loss = resolveLoss("sparseCategoricalCrossentropy");
    expect(loss.call(tensor1d([1]), misled).arraySync()).toEqual(loss.call(tensor1d([1]), probabilities).arraySync());
  });
});

describe("losses and metrics name what does not fit", () => {
  const one = tensor2d([[1, 2, 3]]);
  it.each<[LossLike, Tensor, string]>([
    ["meanSquaredError", tensor2d([[1, 2]]), "true values of shape [1, 2] with predictions of shape [1, 3]"],
    ["sparseCategoricalCrossentropy", tensor2d([[0, 1, 0]]), "labels of shape [1]; received [1, 3]"],
    ["categoricalCrossentropy", tensor1d([2]), "oneHot turns class numbers into vectors"],
  ])("%s", (name, labels, message) => {
    expect(() => resolveLoss(name).call(labels, one)).toThrow(message);
  });

  it.each([
    [() => resolveLoss(7 as never), "A loss is a name"],
    [() => resolveLoss("meansquarederor" as never), 'Did you mean "meanSquaredError"?'],
    [() => resolveMetric({} as never), "A metric is a name"],
    [() => resolveOptimizer("SGDD" as never), 'Did you mean "sgd"?'],
    [() => resolveOptimizer({ learningRate: 1 } as never), "received an object"],
  ])("and names that are unknown", (resolve, message) => {
    expect(resolve).toThrow(ModelError);
    expect(resolve).toThrow(message);
  });
});

describe("metrics", () => {
  it("start at 0 rather than at NaN", () => {
    const metric: Metric = accuracy();
    const nothing = metric.state().map(({ shape }) => zeros([...shape]));
    expect(metric.result(nothing).arraySync()).toBe(0);
  });

  it("are named as the plan names them", () => {
    expect(["mse", "acc", "rmse", "accuracy"].map((name) => resolveMetric(name as "mse").name)).toEqual([
      "mse",
      "acc",
      "rmse",
      "accuracy",
    ]);
  });
});

describe("clipping by the global norm", () => {
  it("scales gradients by one factor, and leaves small ones and zeros alone", () => {
    const clipped = clipByGlobalNorm([tensor1d([3]), tensor1d([4])], 1).map((gradient) => gradient.dataSync()[0]);
    expect(clipped[0]).toBeCloseTo(0.6, 6);
    expect(clipped[1]).toBeCloseTo(0.8, 6);
    expect(clipByGlobalNorm([tensor1d([0]), tensor1d([0])], 1).map((gradient) => gradient.dataSync()[0])).toEqual([0, 0]);
    expect(clipByGlobalNorm([tensor1d([0.5])], 1)[0]?.dataSync()[0]).toBe(0.5);
  });
});
