import { scalar } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { arrays, layers, optimizers, sequential, train } from "../../src/dsl";
import type { Plan } from "../../src/dsl/plan";
import { startEngine } from "../../src/engine";
import { resetDeclarations } from "../../src/nn";
import "../../src/nn/gradients";
import { initializeWeights } from "../../src/training/loop/initialize";
import type { JitChoice, JitChoices } from "../../src/training/loop/jit/jitChoices";
import { Program } from "../../src/training/loop/program";
import { TrainingSteps } from "../../src/training/loop/trainingSteps";
import { loadPlan, wave } from "../unit/training/fitting";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

function makePlan(): Plan {
  const hidden = [layers.dense(16, { activation: "tanh" }), layers.dropout(0.3), layers.dense(16, { activation: "selu" })];
  return train(sequential({ inputShape: [8] }, [...hidden, layers.dense(3, { activation: "softmax" })]), {
    data: arrays({ x: wave([64, 8], 0.3), y: Array.from({ length: 64 }, (_, index) => index % 3) }),
    optimizer: optimizers.adam(),
    loss: "sparseCategoricalCrossentropy",
    batchSize: 16,
  });
}

/** What is remembered, in place of the cache. */
class Memory implements JitChoices {
  constructor(public choice?: JitChoice) {}

  get(): JitChoice | undefined {
    return this.choice;
  }

  set(_name: string, choice: JitChoice): void {
    this.choice = choice;
  }
}

interface Outcome {
  /** The loss after each step. */
  readonly losses: readonly number[];
  readonly compiledAfter: number | undefined;
}

/** Makes steps as a run does until enough have been made. */
async function run(choices: JitChoices | undefined, isEnough: (made: number, steps: TrainingSteps) => boolean): Promise<Outcome> {
  resetDeclarations();
  const plan = makePlan();
  const data = await loadPlan(plan);
  const program = new Program(plan);
  initializeWeights(plan.model, { seed: 5, training: data.training });
  const jit = choices && { choices, plannedSteps: Number.MAX_SAFE_INTEGER };
  const steps = new TrainingSteps(program, data.training, { seed: 5, execution: "captured", jit, describeError: String });
  steps.prepare();
  const rate = scalar(0.01);
  const losses: number[] = [];
  const indices = Int32Array.from({ length: 16 }, (_, index) => index);
  while (!isEnough(steps.iteration, steps)) {
    await steps.ready();
    const report = steps.run(indices, rate);
    losses.push(...report.dataSync());
    report.dispose();
    await new Promise(setImmediate);
  }
  const { compiledAfter } = steps;
  steps.dispose();
  for (const weight of plan.model.weights) weight.release();
  for (const owned of [rate, program, data]) owned.dispose();
  return { losses, compiledAfter };
}

const after =
  (count: number) =>
  (made: number): boolean =>
    made >= count;

describe("XLA takes over", () => {
  test("where it did in an earlier run, which a run with the same seed repeats bit by bit", async () => {
    const plain = await run(undefined, after(20));
    const first = await run(new Memory({ kind: "compiled", after: 7 }), after(20));
    const second = await run(new Memory({ kind: "compiled", after: 7 }), after(20));
    expect(first.compiledAfter).toBe(7);
    expect(second).toEqual(first);
    expect(first.losses.slice(0, 7)).toEqual(plain.losses.slice(0, 7));
    first.losses.forEach((loss, index) => expect(loss).toBeCloseTo(plain.losses[index] ?? Number.NaN, 4));
  });

  test("never where it was found not to be faster", async () => {
    const memory = new Memory({ kind: "captured" });
    expect(await run(memory, after(20))).toEqual({ ...(await run(undefined, after(20))), compiledAfter: undefined });
    expect(memory.choice).toEqual({ kind: "captured" });
  });

  test("or not, as measured in a long run: what is decided is remembered, and repeated", async () => {
    const memory = new Memory();
    const first = await run(memory, (made) => memory.choice !== undefined && made >= 60);
    const { choice } = memory;
    if (choice === undefined || choice.kind === "undecided") throw new Error("Nothing was decided.");
    expect(first.compiledAfter).toBe(choice.kind === "compiled" ? choice.after : undefined);
    const second = await run(memory, after(first.losses.length));
    expect(second).toEqual(first);
    expect(memory.choice).toEqual(choice);
  });

  test("not in the steps of an earlier run that ended before it was decided", async () => {
    const memory = new Memory();
    await run(memory, after(30));
    expect(memory.choice).toEqual({ kind: "undecided", steps: 30 });
    await run(memory, after(10));
    expect(memory.choice).toEqual({ kind: "undecided", steps: 30 });
    memory.choice = { kind: "undecided", steps: 2000 };
    const { compiledAfter } = await run(memory, () => memory.choice?.kind !== "undecided");
    expect(compiledAfter ?? 2000).toBeGreaterThanOrEqual(2000);
  });
});
