import { beforeEach, expect, it } from "vitest";
import { arrays, layers, optimizers, sequential, train } from "../../../src/dsl";
import type { Plan } from "../../../src/dsl/plan";
import { resetDeclarations } from "../../../src/nn";
import "../nn/backend";
import { fitPlan, fixWeights, wave } from "./fitting";

beforeEach(() => void resetDeclarations());

const plan = (epochs: number, average: Parameters<typeof optimizers.adam>[0] = {}): Plan =>
  train(sequential({ inputShape: [3] }, [layers.dense(4, { activation: "tanh" }), layers.dense(1)]), {
    data: arrays({ x: wave([8, 3], 0.3), y: wave([8], 1.1) }),
    optimizer: optimizers.adam({ learningRate: 0.1, ...average }),
    loss: "meanSquaredError",
    batchSize: 8,
    epochs,
  });

async function weightsAfter(trained: Plan): Promise<number[]> {
  const { program } = await fitPlan(trained, { prepare: fixWeights });
  return program.trainable.flatMap((weight) => [...weight.dataSync()]);
}

/** An average that keeps everything stays at the weights after the first update. */
const keepsEverything = { useEma: true, emaMomentum: 1 };

it("becomes the weights at the end of the training", async () => {
  expect(await weightsAfter(plan(5, keepsEverything))).toEqual(await weightsAfter(plan(1)));
});

it("becomes the weights every so many updates", async () => {
  const overwritten = await weightsAfter(plan(5, { ...keepsEverything, emaOverwriteFrequency: 1 }));
  expect(overwritten).toEqual(await weightsAfter(plan(1)));
});

it("that keeps nothing changes nothing", async () => {
  const averaged = await weightsAfter(plan(5, { useEma: true, emaMomentum: 0 }));
  expect(averaged).toEqual(await weightsAfter(plan(5)));
});
