import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { captureStep, startEngine, TensorFlowRandomStream } from "../../src/engine";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

const step = (number: number): tf.Tensor => tf.scalar(number, "int32");
const streamOf = (seed: number, number: tf.Tensor): TensorFlowRandomStream =>
  new TensorFlowRandomStream(TensorFlowRandomStream.key(seed), number);
const drawUniform = (seed: number, number: number, shape: number[]): number[] =>
  tf.tidy(() => Array.from(streamOf(seed, step(number)).uniform(shape).dataSync()));

describe("numbers depend on", () => {
  let base: number[];
  beforeAll(() => {
    base = drawUniform(1, 1, [1000]);
  });
  const shared = (others: readonly number[]): number => others.filter((value, index) => value === base[index]).length;

  test("seed and step alone", () => expect(drawUniform(1, 1, [1000])).toEqual(base));
  test("the seed", () => expect(shared(drawUniform(2, 1, [1000]))).toBeLessThan(5));
  test("the step", () => expect(shared(drawUniform(1, 2, [1000]))).toBeLessThan(5));
  test("the site", () => {
    const second = tf.tidy(() => {
      const stream = streamOf(1, step(1));
      stream.uniform([1000]);
      return Array.from(stream.uniform([1000]).dataSync());
    });
    expect(shared(second)).toBeLessThan(5);
  });
});

test("uniform numbers lie in [0, 1) and fill it evenly", () => {
  const values = drawUniform(3, 7, [100, 100]);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
  const tenths = Array.from({ length: 10 }, (_, tenth) => values.filter((value) => Math.floor(value * 10) === tenth).length);
  // Five standard deviations of a binomial distribution.
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.1 * 0.9));
});

test("normal numbers have mean 0, deviation 1 and the normal distribution's tails", () => {
  tf.tidy(() => {
    const values = streamOf(3, step(7)).normal([20_000]);
    expect(tf.mean(values).dataSync()[0]).toBeCloseTo(0, 1);
    expect(tf.moments(values).variance.dataSync()[0]).toBeCloseTo(1, 1);
    const beyondTwo = values.dataSync().filter((value) => Math.abs(value) > 2).length / 20_000;
    expect(beyondTwo).toBeCloseTo(0.0455, 2);
    expect(values.dataSync().every(Number.isFinite)).toBe(true);
  });
});

test.each([false, true])("a captured step draws eager execution's bits, another for each step (compiled: %s)", (compile) => {
  tf.tidy(() => {
    const draw = ([key, number]: readonly tf.Tensor[]): tf.Tensor[] => {
      const stream = new TensorFlowRandomStream(key!, number!);
      return [stream.uniform([4, 8]), stream.uniform([3])];
    };
    const captured = captureStep(draw, [TensorFlowRandomStream.key(5), step(0)], { compile });
    for (const [seed, number] of [
      [5, 0],
      [5, 1],
      [-6, 2 ** 31 - 1],
    ] as const) {
      const inputs = [TensorFlowRandomStream.key(seed), step(number)];
      const eager = draw(inputs);
      captured.call(inputs).forEach((values, index) => expect(values.dataSync()).toEqual(eager[index]!.dataSync()));
    }
    captured.dispose();
  });
});
