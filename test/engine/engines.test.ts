import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { startEngine } from "../../src/engine";

describe("TensorFlow", () => {
  test("runs the core's operations and gradients", async () => {
    const info = await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 1 });
    expect(info).toMatchObject({ name: "tensorflow", threads: { intraOp: 2, interOp: 1 } });
    expect(info.version).toMatch(/^2\.\d+/);
    expect(["CPU", "GPU"]).toContain(info.device);
    expect(tf.getBackend()).toBe("tensorflow");

    const gradient = tf.grad((x) => tf.sum(tf.mul(x, x)))(tf.tensor1d([1, 2, 3]));
    expect(await gradient.data()).toEqual(Float32Array.of(2, 4, 6));
  });

  test("keeps whole numbers when rounding them", async () => {
    await startEngine({ engine: "tensorflow" });
    const rounded = tf.round(tf.tensor1d([-12345678, 10], "int32"));
    expect(await rounded.data()).toEqual(Int32Array.of(-12345678, 10));
  });

  test("auto prefers it", async () => {
    expect(await startEngine({ engine: "auto" })).toMatchObject({ name: "tensorflow" });
  });
});

test.each(["wasm", "cpu"] as const)("%s computes without TensorFlow", async (engine) => {
  const info = await startEngine({ engine });
  expect(info).toMatchObject({ name: engine, version: "4.22.0", device: "CPU", threads: null });
  expect(tf.getBackend()).toBe(engine);
  expect(await tf.matMul([[1, 2]], [[3], [4]]).data()).toEqual(Float32Array.of(11));
});

test.each(["tensorflow", "wasm", "cpu"] as const)("%s differentiates what its own kernels cannot", async (engine) => {
  await startEngine({ engine });
  const image = tf.ones<tf.Rank.R4>([1, 3, 3, 1]);
  const convolve = (filter: tf.Tensor4D): tf.Scalar => tf.sum(tf.conv2d(image, filter, 1, "valid"));
  const gradient = tf.grad((filter) => convolve(filter as tf.Tensor4D))(tf.ones([2, 2, 1, 1]));
  expect(await gradient.data()).toEqual(Float32Array.of(4, 4, 4, 4));
});

test.each(["tensorflow", "wasm", "cpu"] as const)("%s finds the largest of negative values", async (engine) => {
  await startEngine({ engine });
  const values = tf.tensor([-4, -3, -2, -5, -6, -7, -8, -9]);
  const cube = values.reshape<tf.Tensor5D>([1, 2, 2, 2, 1]);
  const largest = (x: tf.Tensor): tf.Tensor => tf.maxPool3d(x as tf.Tensor5D, 2, 1, "valid");
  expect(await largest(cube).data()).toEqual(Float32Array.of(-2));
  expect(await tf.grad(largest)(cube).data()).toEqual(Float32Array.of(0, 0, 1, 0, 0, 0, 0, 0));
  const image = values.reshape<tf.Tensor4D>([1, 2, 4, 1]);
  expect(await tf.dilation2d(image, tf.zeros([2, 4, 1]), 1, "valid").data()).toEqual(Float32Array.of(-2));
});

test("an operation that TensorFlow has no kernel for borrows the core's, and leaks nothing", async () => {
  await startEngine({ engine: "tensorflow" });
  const flags = tf.tensor1d([5, 12], "int32");
  const before = tf.memory().numDataBuffers;
  const both = tf.bitwiseAnd(flags, tf.tensor1d([4, 4], "int32"));
  expect(await both.data()).toEqual(Int32Array.of(4, 4));
  expect(tf.memory().numDataBuffers).toBe(before + 2);
});
