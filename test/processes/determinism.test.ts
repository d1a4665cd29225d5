import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/build.mjs";
import { BUILD_TIMEOUT } from "./support/analyzer";
import { ModelFolder } from "./support/modelFolder";
import { tensorFlowFolder } from "./support/tensorflow";
import { ObservedTraining } from "./support/trainer";

/** 512 samples in batches of 32: 16 steps an epoch. */
const MODEL = `import { arrays, layers, sequential, train } from "layerwise";
const values = Float32Array.from({ length: 512 * 64 }, (_, index) => Math.sin(0.3 + 1.7 * index));
const y = Array.from({ length: 512 }, (_, index) => (index * 7) % 10);
const network = sequential({ name: "network", inputShape: [8, 8, 1] }, [
  layers.conv2d(4, 3, { activation: "relu" }), layers.dropout(0.2), layers.flatten(), layers.dense(32, { activation: "relu" }),
  layers.gaussianNoise(0.1), layers.dropout(0.5), layers.dense(10, { activation: "softmax" }),
]);
export default train(network, {
  data: arrays({ x: { values, shape: [512, 8, 8, 1] }, y }), optimizer: "adam", loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"], batchSize: 32, epochs: 32, seed: 5,
});
`;

describe("512 steps with dropout", () => {
  const folder = new ModelFolder();
  const trainings: ObservedTraining[] = [];
  const libraryPath = tensorFlowFolder();

  beforeAll(() => ensureBuilt(), BUILD_TIMEOUT);
  afterAll(async () => {
    await Promise.all(trainings.map(({ handle }) => handle.dispose()));
    folder.remove();
  });

  test.each([
    ["captured", "off"],
    ["captured, XLA left to a measurement that is remembered", "auto"],
    ["compiled by XLA", "on"],
  ] as const)("give bit-identical weights for equal seeds in two processes, %s", async (_name, jit) => {
    const file = folder.write("noisy.model.ts", MODEL);
    const train = async (): Promise<Buffer> => {
      const training = new ObservedTraining(folder.path, { file, engine: "tensorflow", libraryPath, jit });
      trainings.push(training);
      expect(await training.ended()).toMatchObject({ reason: "finished" });
      const { engine, folder: run, steps, epochs } = training.first("start")!;
      expect([engine.captured, steps * epochs]).toEqual([true, 512]);
      if (jit !== "auto") expect(engine.jit).toBe(jit === "on");
      return readFileSync(join(run, "checkpoints/last.safetensors"));
    };
    const first = await train();
    expect((await train()).equals(first)).toBe(true);
  });
});
