import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { arrays, generator, layers, sequential, train } from "../../src/dsl";
import type { DataSet } from "../../src/dsl";
import { startEngine } from "../../src/engine";
import { resetDeclarations } from "../../src/nn";
import "../../src/nn/gradients";
import { ResidentPart } from "../../src/training/data/residentPart";
import { StreamedPart } from "../../src/training/data/streamedPart";
import { fitPlan, wave } from "../unit/training/fitting";

let before: string | undefined;

beforeAll(() => startEngine({ engine: "tensorflow", intraOpThreads: 1, interOpThreads: 1 }));
beforeEach(() => (before = process.env["LAYERWISE_DATA_MEMORY"]));
afterEach(() => {
  if (before === undefined) delete process.env["LAYERWISE_DATA_MEMORY"];
  else process.env["LAYERWISE_DATA_MEMORY"] = before;
});

const SAMPLES = 50;
const { values } = wave([SAMPLES, 3, 2], 0.3);
const labels = Array.from({ length: SAMPLES }, (_, index) => index % 3);

const held = (): DataSet => arrays({ x: { values, shape: [SAMPLES, 3, 2] }, y: labels });
const drawn = (): DataSet =>
  generator(function* () {
    for (const [sample, y] of labels.entries()) {
      yield { x: { values: values.subarray(6 * sample, 6 * sample + 6), shape: [3, 2] }, y };
    }
  });

async function trainOn(data: DataSet, megabytes: string | undefined) {
  if (megabytes !== undefined) process.env["LAYERWISE_DATA_MEMORY"] = megabytes;
  resetDeclarations();
  const network = sequential({ inputShape: [3, 2] }, [
    layers.flatten(),
    layers.dropout(0.2),
    layers.dense(3, { activation: "softmax" }),
  ]);
  const plan = train(network, {
    data: data.shuffle(4).split({ validation: 10 }).standardize(),
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    batchSize: 16,
    epochs: 3,
    seed: 7,
  });
  const fitted = await fitPlan(plan);
  const weights = plan.model.weights.flatMap((weight) => [...weight.value.dataSync()]);
  const { training, validation } = fitted.data;
  fitted.data.dispose();
  for (const weight of plan.model.weights) weight.release();
  return { weights, epochs: fitted.epochs.map(({ loss, valLoss }) => [loss, valLoss]), training, validation };
}

test("streamed batches train as those of data held in memory, bit for bit", async () => {
  const resident = await trainOn(held(), undefined);
  expect([resident.training, resident.validation]).toEqual([expect.any(ResidentPart), expect.any(ResidentPart)]);
  const streamed = await trainOn(held(), "0");
  expect([streamed.training, streamed.validation]).toEqual([expect.any(StreamedPart), expect.any(StreamedPart)]);
  expect([streamed.weights, streamed.epochs]).toEqual([resident.weights, resident.epochs]);
});

test("a generator's samples that memory does not hold are shuffled, split and standardized all the same", async () => {
  const resident = await trainOn(held(), undefined);
  const streamed = await trainOn(drawn(), "0");
  expect([streamed.weights, streamed.epochs]).toEqual([resident.weights, resident.epochs]);
});

test("parts that fit are held while a larger one is streamed", async () => {
  // 10 samples of validation take 280 bytes, the 40 of training 1,120.
  const { training, validation } = await trainOn(held(), String(1000 / 2 ** 20));
  expect([training, validation]).toEqual([expect.any(StreamedPart), expect.any(ResidentPart)]);
});
