import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { arrays, type DataSet, layers, type PlanOptions, sequential, train } from "../../src/dsl";
import type { Plan } from "../../src/dsl/plan";
import { type Precision, startEngine, withPrecision } from "../../src/engine";
import { resetDeclarations } from "../../src/nn";
import "../../src/nn/gradients";
import { initializeWeights } from "../../src/training/loop/initialize";
import { Program } from "../../src/training/loop/program";
import type { Execution } from "../../src/training/loop/stepRunner";
import { TrainingSteps } from "../../src/training/loop/trainingSteps";
import { disposeState } from "../../src/training/loop/trainState";
import { loadPlan, wave } from "../unit/training/fitting";

const SAMPLES = 64;
const STEPS = 60;

/** Waves, and which of each one's first three values is the largest. */
function waves(shape: readonly number[]): DataSet {
  const { values, shape: all } = wave([SAMPLES, ...shape], 0.3);
  const size = values.length / SAMPLES;
  const labels = Array.from({ length: SAMPLES }, (_, sample) => {
    const first = values.subarray(sample * size, sample * size + 3);
    return first.indexOf(Math.max(...first));
  });
  return arrays({ x: { values, shape: all }, y: labels });
}

const options = { optimizer: "adam", loss: "sparseCategoricalCrossentropy", batchSize: 16, seed: 3 } as const;

const NETWORKS = {
  "a multilayer perceptron": (changes: Partial<PlanOptions>) =>
    train(
      sequential({ inputShape: [12] }, [layers.dense(16, { activation: "relu" }), layers.dense(3, { activation: "softmax" })]),
      { ...options, data: waves([12]), ...changes },
    ),
  "a convolutional network": (changes: Partial<PlanOptions>) =>
    train(
      sequential({ inputShape: [6, 6, 2] }, [
        layers.conv2d(6, 3, { activation: "relu" }),
        layers.depthwiseConv2d(2, { padding: "same" }),
        layers.flatten(),
        layers.dense(3, { activation: "softmax" }),
      ]),
      { ...options, data: waves([6, 6, 2]), ...changes },
    ),
} satisfies Record<string, (changes: Partial<PlanOptions>) => Plan>;

interface Trained {
  readonly losses: readonly number[];
  readonly dtypes: readonly string[];
  readonly lossScale: readonly number[];
  readonly whyEager: string | undefined;
}

async function trainNetwork(makePlan: () => Plan, execution: Execution): Promise<Trained> {
  resetDeclarations();
  const plan = makePlan();
  const data = await loadPlan(plan);
  const program = new Program(plan);
  initializeWeights(plan.model, { seed: 3, training: data.training });
  const steps = new TrainingSteps(program, data.training, { seed: 3, execution, describeError: String });
  const learningRate = tf.scalar(0.01);
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const first = (step * options.batchSize) % SAMPLES;
    const report = steps.run(
      Int32Array.from({ length: options.batchSize }, (_, index) => first + index),
      learningRate,
    );
    steps.startEpoch();
    losses.push(report.dataSync()[0] ?? Number.NaN);
    report.dispose();
  }
  const state = steps.readState();
  const dtypes = [...state.trainable, ...state.slots.flat()].map(({ dtype }) => dtype);
  const lossScale = state.lossScale.map((tensor) => tensor.dataSync()[0] ?? Number.NaN);
  disposeState(state);
  const { whyEager } = steps;
  for (const owned of [learningRate, steps, program, data]) owned.dispose();
  for (const weight of plan.model.weights) weight.release();
  return { losses, dtypes, lossScale, whyEager };
}

describe("mixed precision on TensorFlow", () => {
  beforeAll(() => startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 }));

  test.each([
    ["mixedBfloat16", 1],
    ["mixedFloat16", 1.0009765625],
    ["float32", Math.fround(1.001)],
  ] as const)("rounds the factors of a product to %s and no others", (precision, rounded) => {
    const product = withPrecision(precision, () => tf.matMul([[1.001]], [[1]]));
    const sum = withPrecision(precision, () => tf.add(1.001, 0));
    expect([product.dtype, product.dataSync()[0], sum.dataSync()[0]]).toEqual(["float32", rounded, Math.fround(1.001)]);
    tf.dispose([product, sum]);
  });

  test("leaves no tensors behind, and whole numbers alone", () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      withPrecision("mixedBfloat16", () => tf.grad((x) => tf.matMul(x, tf.ones([2, 2])))(tf.ones([2, 2])));
      const whole = tf.tensor2d([[16_777_217]], [1, 1], "int32");
      expect(withPrecision("mixedBfloat16", () => tf.matMul(whole, tf.ones([1, 1], "int32"))).dataSync()[0]).toBe(16_777_217);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(["eager", "captured"] as const)("scales the loss in float16, %s", async (execution) => {
    const makePlan = NETWORKS["a multilayer perceptron"];
    const exact = await trainNetwork(() => makePlan({}), "captured");
    const mixed = await trainNetwork(() => makePlan({ precision: "mixedFloat16" }), execution);
    expect(mixed.whyEager).toBeUndefined();
    // After 60 finite steps: the scale as it was, no step skipped.
    expect(mixed.lossScale).toEqual([2 ** 15, STEPS, 0]);
    // float16 has 11 significant bits.
    mixed.losses.forEach((loss, step) => {
      expect(Math.abs(loss - (exact.losses[step] ?? Number.NaN))).toBeLessThan(0.005);
    });
  });

  test.each(["eager", "captured"] as const)(
    "skips steps that overflow in float16 and halves the scale, %s",
    async (execution) => {
      // Scaled by 2¹⁵, the kernel's gradient at the beginning is 2²², beyond the largest number of float16.
      const makePlan = (): Plan =>
        train(sequential({ inputShape: [1] }, [layers.dense(1, { kernelInitializer: "zeros" })]), {
          data: arrays({ x: Array.from({ length: SAMPLES }, () => [8]), y: Array.from({ length: SAMPLES }, () => [8]) }),
          optimizer: "adam",
          loss: "meanSquaredError",
          batchSize: options.batchSize,
          precision: "mixedFloat16",
        });
      const { lossScale, losses } = await trainNetwork(makePlan, execution);
      const [scale = 0, finite = 0, skipped = 0] = lossScale;
      expect(skipped).toBeGreaterThan(0);
      expect(scale).toBe(2 ** (15 - skipped));
      expect(finite).toBe(STEPS - skipped);
      // Nothing has moved in the skipped steps; then Adam's first step is as large as ever.
      expect(losses.slice(0, skipped + 1)).toEqual(Array.from({ length: skipped + 1 }, () => 64));
      expect(losses[skipped + 1]).toBeCloseTo((8 - 0.01 * 8 - 0.01) ** 2, 1);
      expect(losses.at(-1)).toBeLessThan(20);
    },
  );

  for (const [network, makePlan] of Object.entries(NETWORKS)) {
    test.each(["eager", "captured", "compiled"] as const)(`trains ${network} in bfloat16, %s`, async (execution) => {
      const exact = await trainNetwork(() => makePlan({}), "captured");
      const mixed = await trainNetwork(() => makePlan({ precision: "mixedBfloat16" }), execution);
      expect(mixed.whyEager).toBeUndefined();
      expect(new Set(mixed.dtypes)).toEqual(new Set(["float32"]));
      expect(mixed.losses).not.toEqual(exact.losses);
      expect(mixed.losses.at(-1)).toBeLessThan(0.7 * (mixed.losses[0] ?? 0));
      // bfloat16 has 8 significant bits: each product is off by up to 0.4 %.
      mixed.losses.forEach((loss, step) => {
        expect(Math.abs(loss - (exact.losses[step] ?? Number.NaN))).toBeLessThan(0.02);
      });
    });
  }
});

test.each(["wasm", "cpu"] as const)("%s refuses it with a way out", async (engine) => {
  await startEngine({ engine });
  resetDeclarations();
  const plan = NETWORKS["a multilayer perceptron"]({ precision: "mixedFloat16" satisfies Precision });
  expect(() => new Program(plan)).toThrow(
    `The engine "${engine}" computes in 32-bit floats alone; precision: "mixedFloat16" needs TensorFlow. Leave it out, or install TensorFlow.`,
  );
});
