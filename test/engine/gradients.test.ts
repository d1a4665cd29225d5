import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../src/engine";
import "../../src/nn/gradients";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

/** On both sides of where the activations bend. */
const POINTS = [-3, -0.7, -0.1, 0.2, 1.5, 5, 8];

const activations: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  relu: tf.relu,
  relu6: tf.relu6,
  leakyRelu: (x) => tf.leakyRelu(x, 0.3),
  softplus: tf.softplus,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
};

/** The derivatives of first and second order, as tfjs-core takes them in plain JavaScript and as TensorFlow does. */
async function onBoth(compute: () => tf.Tensor): Promise<[plain: number[], tensorflow: number[]]> {
  await tf.setBackend("cpu");
  const plain = tf.tidy(() => Array.from(compute().dataSync()));
  await tf.setBackend("tensorflow");
  return [plain, tf.tidy(() => Array.from(compute().dataSync()))];
}

function expectClose([plain, tensorflow]: [number[], number[]]): void {
  expect(tensorflow).toHaveLength(plain.length);
  tensorflow.forEach((value, index) => {
    const expected = plain[index]!;
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected)));
  });
}

describe("TensorFlow's gradients equal tfjs-core's", () => {
  const entries = Object.entries(activations);

  test.each(entries)("%s", async (_name, activation) => {
    const cube = (x: tf.Tensor): tf.Tensor => tf.pow(activation(x), 3);
    expectClose(await onBoth(() => tf.grad(cube)(tf.tensor1d(POINTS))));
  });

  test.each(entries)("%s, the second derivative", async (_name, activation) => {
    const cube = (x: tf.Tensor): tf.Tensor => tf.pow(activation(x), 3);
    expectClose(await onBoth(() => tf.grad((x) => tf.sum(tf.grad(cube)(x)))(tf.tensor1d(POINTS))));
  });
});

describe("a bias is added as tfjs-core adds it", () => {
  test.each([[[2, 3]], [[2, 4, 3]], [[1, 2, 2, 3]], [[1, 2, 1, 2, 3]], [[1, 1, 2, 1, 2, 3]]])("to %j", async (shape) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const compute = (): tf.Tensor => {
      const sums = tf.reshape(tf.range(0, count), shape);
      const [bySums, byBias] = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.square(tf.add(a, b)))([sums, tf.tensor1d([1, 2, 3])]);
      return tf.concat([tf.reshape(bySums!, [-1]), byBias!]);
    };
    expectClose(await onBoth(compute));
  });
});

test("squared differences have gradients in their operands' shapes", async () => {
  const compute = (): tf.Tensor => {
    const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.squaredDifference(a, b));
    const [byColumn, byRow] = gradients([tf.tensor2d([[1], [2]]), tf.tensor2d([[5, 7, 9]])]);
    return tf.concat([tf.reshape(byColumn!, [-1]), tf.reshape(byRow!, [-1])]);
  };
  const gradients = await onBoth(compute);
  // 2 (a − b), summed over the other operand.
  expect(gradients[0]).toEqual([-36, -30, 14, 22, 30]);
  expectClose(gradients);
});

test("a cast to the same type and a reshape to the same shape are tensors of their own", () => {
  const x = tf.tensor1d([1, 2]);
  const [cast, reshaped] = [tf.cast(x, "float32"), tf.reshape(x, [2])];
  x.dispose();
  cast.dispose();
  expect(reshaped.dataSync()).toEqual(Float32Array.of(1, 2));
  reshaped.dispose();
});
