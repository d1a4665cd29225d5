import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startEngine } from "../../src/engine";
import "../../src/nn/gradients";

const values = (shape: readonly number[], phase = 0.3): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, index) => 3 * Math.sin(phase + 1.7 * index)),
    [...shape],
  );
const sevenAxes = [2, 1, 2, 3, 2, 1, 2];
const image = (shape: readonly number[]): tf.Tensor4D => values(shape) as tf.Tensor4D;

/** What tfjs-backend-wasm alone lacks, refuses, or answers wrongly. */
const COMPUTATIONS: Readonly<Record<string, () => tf.Tensor>> = {
  "a product along seven axes": () => tf.mul(values(sevenAxes), values([2, 2, 2, 1, 2, 3, 2])),
  "the gradient of a broadcast along seven axes": () => tf.grad((x) => tf.mul(x, values(sevenAxes)))(values([2])),
  "padding seven axes": () =>
    tf.pad(
      values(sevenAxes),
      sevenAxes.map(() => [1, 0] as [number, number]),
    ),
  "a sum of whole numbers along seven axes": () => tf.sum(tf.cast(values(sevenAxes), "int32"), 6),
  "whole numbers as truth values": () => tf.cast(tf.cast(values([4]), "int32"), "bool"),
  "truth values along seven axes as floats": () => tf.cast(tf.greater(values(sevenAxes), 0), "float32"),
  "a bound on what is not a number": () => tf.clipByValue(tf.tensor1d([Number.NaN, -2, 2]), -1, 1),
  "relu6 of what is not a number": () => tf.relu6(tf.tensor1d([Number.NaN, -2, 7])),
  "a product of whole numbers": () => tf.matMul(tf.cast(values([2, 3]), "int32"), tf.cast(values([3, 2]), "int32")),
  "a product with a bias of two axes": () =>
    tf.fused.matMul({
      a: values([2, 3]),
      b: values([3, 2]),
      bias: values([2, 2]),
      activation: "relu",
    }),
  "a convolution with channels first": () => tf.conv2d(image([1, 2, 4, 4]), image([2, 2, 2, 3]), 1, "valid", "NCHW"),
  "pooling with a padding in numbers": () => tf.maxPool(image([1, 2, 2, 3]), 1, 2, 1, "round"),
  "the gradient of overlapping windows": () => tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 3, 1, "same"))(image([1, 4, 4, 2])),
  "the filter's gradient of a convolution": () =>
    tf.grad((filter) => tf.conv2d(image([1, 4, 4, 2]), filter as tf.Tensor4D, 1, "same"))(image([3, 3, 2, 2])),
  "the filter's gradient of a depthwise convolution": () =>
    tf.grad((filter) => tf.depthwiseConv2d(image([1, 4, 4, 2]), filter as tf.Tensor4D, 1, "same"))(image([3, 3, 2, 2])),
  "the gradient of a gather": () => tf.grad((x) => tf.gather(x, tf.tensor1d([1, 1, 0], "int32")))(values([3, 2])),
  "the gradient of a logarithmic softmax": () => tf.grad((x) => tf.logSoftmax(x))(values([4])),
  "the gradient of a dilation": () =>
    tf.grad((x) => tf.dilation2d(x as tf.Tensor4D, tf.ones<tf.Rank.R3>([2, 2, 2]), 1, "valid"))(image([1, 4, 4, 2])),
};

test.each(Object.entries(COMPUTATIONS))("WebAssembly computes %s as plain JavaScript does", async (_, compute) => {
  await startEngine({ engine: "cpu" });
  const expected = tf.tidy(() => [...compute().dataSync()]);
  await startEngine({ engine: "wasm" });
  const before = tf.memory().numDataBuffers;
  const received = tf.tidy(() => [...compute().dataSync()]);
  expect(received).toEqual(expected.map((value) => (Number.isNaN(value) ? Number.NaN : (expect.closeTo(value, 4) as number))));
  expect(tf.memory().numDataBuffers).toBe(before);
});

test("WebAssembly's description says what it lacks", async () => {
  const { reason } = await startEngine({ engine: "wasm" });
  expect(reason).toMatch(/^WebAssembly, .*; what it lacks, such as the gradients of convolutions, runs in plain JavaScript/);
});
