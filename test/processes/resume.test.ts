import { randomInt } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/build.mjs";
import { type EndEvent, type EpochEvent, RunFile, type StepRecord, type TrainOptions } from "../../src/protocol";
import { BUILD_TIMEOUT } from "./support/analyzer";
import { ModelFolder } from "./support/modelFolder";
import { randomNumbers } from "./support/randomNumbers";
import { tensorFlowFolder } from "./support/tensorflow";
import { ObservedTraining } from "./support/trainer";

/** Dropout, moving statistics, a short last batch (20 of 32), and callbacks that remember. */
const MODEL = (
  plan: string,
): string => `import { arrays, callbacks, layers, optimizers, schedules, sequential, train } from "layerwise";
const values = (size: number, phase: number) => Float32Array.from({ length: size }, (_, index) => Math.sin(phase + 1.7 * index));
const y = Array.from({ length: 600 }, (_, index) => (index * 7) % 3);
const network = sequential({ name: "network", inputShape: [6] }, [
  layers.dense(24, { activation: "relu" }), layers.dropout(0.3), layers.batchNormalization(), layers.dense(3, { activation: "softmax" }),
]);
const data = arrays({ x: { values: values(3600, 0.3), shape: [600, 6] }, y }).split({ validation: 60, test: 40 });
export default train(network, { data, loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], batchSize: 32, seed: 11, ${plan} });
`;
const STEPS = 16;
const EPOCHS = 40;

const PLANS = {
  "Adam and what watches the validation loss": `optimizer: "adam", epochs: ${EPOCHS}, callbacks: [
    callbacks.modelCheckpoint({ saveBestOnly: true }), callbacks.reduceLROnPlateau({ patience: 1, factor: 0.8, cooldown: 1 }),
    callbacks.earlyStopping({ patience: ${EPOCHS}, restoreBestWeights: true }), callbacks.tensorBoard(),
  ]`,
  "momentum, a moving average and a schedule": `optimizer: optimizers.sgd({ momentum: 0.9, useEma: true, learningRate: schedules.cosineDecay({ initialLearningRate: 0.1, decaySteps: 500 }) }),
    epochs: ${EPOCHS}, callbacks: [callbacks.modelCheckpoint({ monitor: "valAccuracy", saveBestOnly: true })]`,
  "RMSprop and a rate that each epoch lowers": `optimizer: optimizers.rmsprop({ momentum: 0.5, centered: true }), epochs: ${EPOCHS},
    callbacks: [callbacks.learningRateScheduler((epoch, rate) => rate * 0.97), callbacks.terminateOnNaN()]`,
} as const;

/** Over the whole training, from 1. */
const stepNumber = ({ epoch, step }: { epoch: number; step: number }): number => (epoch - 1) * STEPS + step;

/** What two runs must have in common, to the last bit. */
interface Told {
  readonly steps: ReadonlyMap<string, unknown>;
  readonly epochs: ReadonlyMap<number, unknown>;
}

describe("a resumed run", () => {
  const folder = new ModelFolder();
  const trainings: ObservedTraining[] = [];
  const libraryPath = tensorFlowFolder();

  const start = (options: Pick<TrainOptions, "file"> & Partial<TrainOptions>): ObservedTraining => {
    const training = new ObservedTraining(folder.path, { engine: "tensorflow", libraryPath, ...options });
    trainings.push(training);
    return training;
  };
  const finish = async (training: ObservedTraining): Promise<EndEvent> => {
    const end = await training.ended();
    expect(end).toMatchObject({ reason: "finished" });
    return end;
  };
  const folderOf = (training: ObservedTraining): string => training.first("start")!.folder;
  const runFile = (run: string): RunFile => RunFile.parse(JSON.parse(readFileSync(join(run, "run.json"), "utf8")));

  beforeAll(() => ensureBuilt(), BUILD_TIMEOUT);
  afterAll(async () => {
    await Promise.all(trainings.map(({ handle }) => handle.dispose()));
    folder.remove();
  });

  /** What one run told, whoever trained it: of what was told twice the later counts, as in the monitor. */
  function told(...parts: ObservedTraining[]): Told {
    const events = parts.flatMap((part) => part.events);
    const steps = events.filter((event): event is StepRecord => event.event === "step");
    const epochs = events.filter((event): event is EpochEvent => event.event === "epoch");
    return {
      steps: new Map(steps.map(({ epoch, step, loss, metrics }) => [`${epoch}:${step}`, { loss, metrics }])),
      epochs: new Map(
        epochs.map(({ epoch, loss, valLoss, metrics, learningRate }) => [epoch, { loss, valLoss, metrics, learningRate }]),
      ),
    };
  }

  /** Trains until a step has been told, then ends the trainer in one way or another. */
  async function interrupt(training: ObservedTraining, step: number, how: "kill" | "stop" | "let go"): Promise<void> {
    await training.untilTold((events) =>
      events.some((event) => event.event === "end" || (event.event === "step" && stepNumber(event) >= step)),
    );
    if (training.first("end") !== undefined) throw new Error("The training was over before it was interrupted.");
    if (how === "kill") training.handle.kill();
    else if (how === "stop") training.handle.stop();
    else await training.handle.dispose();
    await training.handle.exited;
  }

  function expectSameRun(whole: ObservedTraining, parts: readonly ObservedTraining[], hearsAll = true): void {
    const [expected, found] = [told(whole), told(...parts)];
    // An owner that has let go hears nothing of the last steps.
    if (hearsAll) expect(found.steps.size).toBe(EPOCHS * STEPS);
    expect([...found.steps].filter(([place, values]) => !sameNumbers(values, expected.steps.get(place)))).toEqual([]);
    for (const [epoch, figures] of found.epochs) expect([epoch, figures]).toEqual([epoch, expected.epochs.get(epoch)]);
    const [former, resumed] = [folderOf(whole), folderOf(parts[0]!)];
    const checkpoints = readdirSync(join(former, "checkpoints"));
    expect(readdirSync(join(resumed, "checkpoints"))).toEqual(checkpoints);
    for (const name of checkpoints) {
      const [a, b] = [former, resumed].map((run) => readFileSync(join(run, "checkpoints", name)));
      expect([name, a!.equals(b!)]).toEqual([name, true]);
    }
    expect(history(resumed)).toEqual(history(former));
    const { best, testLoss, test: tested, state, pid } = runFile(resumed);
    const of = runFile(former);
    expect({ best, testLoss, tested, state, pid }).toEqual({
      best: of.best,
      testLoss: of.testLoss,
      tested: of.test,
      state: "finished",
      pid: null,
    });
  }

  const sameNumbers = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

  /** The lines of `history.csv` without their last column, the seconds. */
  const history = (run: string): string[] =>
    readFileSync(join(run, "history.csv"), "utf8")
      .split("\n")
      .map((line) => line.slice(0, line.lastIndexOf(",")));

  const eventFiles = (run: string): [name: string, size: number][] =>
    ["train", "validation"].flatMap((part) => {
      const path = join(run, part);
      return existsSync(path)
        ? readdirSync(path).map((name): [string, number] => [part, readFileSync(join(path, name)).length])
        : [];
    });

  test.each([
    ["Adam and what watches the validation loss", "kill", "auto"],
    ["momentum, a moving average and a schedule", "kill", "auto"],
    ["RMSprop and a rate that each epoch lowers", "kill", "auto"],
    ["Adam and what watches the validation loss", "kill", "on"],
    ["Adam and what watches the validation loss", "stop", "auto"],
    ["Adam and what watches the validation loss", "let go", "auto"],
  ] as const)("continues bit for bit: %s, %s, jit %s", async (name, how, jit) => {
    const seed = randomInt(2 ** 31);
    console.log(`Steps drawn from the seed ${seed}`);
    const draw = randomNumbers(seed);
    const file = folder.write(`${name.replaceAll(" ", "-")}.model.ts`, MODEL(PLANS[name]));
    const whole = start({ file, jit });
    const end = await finish(whole);

    const first = start({ file, jit, checkpointInterval: 30 });
    await interrupt(first, 2 * STEPS + draw(6 * STEPS), how);
    const run = folderOf(first);
    const second = start({ file, checkpointInterval: 30, resume: run });
    await interrupt(second, 18 * STEPS + draw(6 * STEPS), how);
    expect(second.first("start")).toMatchObject({ run: first.first("start")!.run, folder: run, steps: STEPS, epochs: EPOCHS });
    const third = start({ file, resume: "last" });
    expect(await finish(third)).toMatchObject({ testLoss: end.testLoss, test: end.test, best: end.best });

    const from = [second, third].map((training) => training.first("start")!.resumedFrom!);
    for (const place of from) expect(stepNumber(place)).toBeGreaterThan(0);
    expectSameRun(whole, [first, second, third], how !== "let go");
    expect(runFile(run).resumedAt).toHaveLength(2);
    expect(eventFiles(run)).toEqual(eventFiles(folderOf(whole)));
  });

  test("continues bit for bit where JavaScript computes", async () => {
    const file = folder.write("slow.model.ts", MODEL(PLANS["Adam and what watches the validation loss"]));
    const whole = start({ file, engine: "cpu" });
    await finish(whole);
    const first = start({ file, engine: "cpu", checkpointInterval: 30 });
    await interrupt(first, 100, "kill");
    const second = start({ file, resume: folderOf(first) });
    await finish(second);
    expectSameRun(whole, [first, second]);
  });

  test("goes on with XLA's code where that had taken over, whatever is remembered of it since", async () => {
    const file = folder.write("compiled.model.ts", MODEL(PLANS["Adam and what watches the validation loss"]));
    const remembered = join(folder.path, "cache/layerwise/jit");
    rmSync(remembered, { recursive: true, force: true });
    await finish(start({ file }));
    // Whatever was measured: from now on every run switches after as many steps.
    for (const name of readdirSync(remembered))
      writeFileSync(join(remembered, name), JSON.stringify({ kind: "compiled", after: 50 }));
    const whole = start({ file });
    await finish(whole);
    const first = start({ file });
    await interrupt(first, 100, "stop");
    rmSync(remembered, { recursive: true });
    const second = start({ file, resume: "last" });
    await finish(second);
    expect(stepNumber(second.first("start")!.resumedFrom!)).toBeGreaterThan(50);
    expect(second.first("start")!.engine.jit).toBe(true);
    expectSameRun(whole, [first, second]);
  });

  test("starts anew with its seed where it was killed before its first checkpoint", async () => {
    const file = folder.write(
      "early.model.ts",
      MODEL(PLANS["Adam and what watches the validation loss"]).replace("seed: 11, ", ""),
    );
    const first = start({ file, checkpointInterval: 1e9 });
    await interrupt(first, 1, "kill");
    const run = folderOf(first);
    expect(existsSync(join(run, "checkpoints/resume.safetensors"))).toBe(false);
    const second = start({ file, resume: "last" });
    await finish(second);
    expect(second.first("start")!.resumedFrom).toEqual({ epoch: 1, step: 0 });
    const { seed } = runFile(run);
    const again = folder.write("again.model.ts", readFileSync(file, "utf8").replace("batchSize", `seed: ${seed}, batchSize`));
    const whole = start({ file: again });
    await finish(whole);
    expectSameRun(whole, [first, second]);
  });

  describe("is refused", () => {
    const file = folder.write("refused.model.ts", MODEL(PLANS["momentum, a moving average and a schedule"]));
    const refusal = async (options: Partial<TrainOptions>): Promise<string> => {
      const training = start({ file, ...options });
      await training.handle.exited;
      const last = training.messages.at(-1);
      if (last?.type !== "refused") throw new Error(`expected a refusal, received ${JSON.stringify(last)}`);
      expect(training.first("start")).toBeUndefined();
      return last.message;
    };
    let run: string;
    const changed = async (change: (run: RunFile) => object): Promise<string> => {
      const path = join(run, "run.json");
      const text = readFileSync(path, "utf8");
      writeFileSync(path, JSON.stringify({ ...runFile(run), ...change(runFile(run)) }));
      try {
        return await refusal({ resume: run });
      } finally {
        writeFileSync(path, text);
      }
    };

    beforeAll(async () => {
      const training = start({ file, checkpointInterval: 30 });
      await interrupt(training, 3 * STEPS, "stop");
      run = folderOf(training);
    });

    test("where there is none", async () => {
      expect(await refusal({ resume: "nowhere" })).toMatch(/There is no run .*nowhere\. Name a run's folder, .*`last`/);
      const other = folder.write("other.model.ts", MODEL(PLANS["momentum, a moving average and a schedule"]));
      expect(await refusal({ file: other, resume: "last" })).toMatch(/holds no run of other\.model\.ts to resume/);
      expect(await refusal({ file: other, resume: run })).toMatch(/is a run of refused\.model\.ts, not of other\.model\.ts/);
    });

    test.each([
      ["it has finished", { state: "finished" }, /it has finished\. Train again to start a new run/],
      ["early stopping ended it", { state: "early-stopping" }, /early stopping has ended it/],
      ["an earlier version made it", { reproduction: undefined }, /earlier version of Layerwise/],
    ])("where %s", async (_name, change, message) => {
      expect(await changed(() => change)).toMatch(message);
    });

    test("where it still trains", async () => {
      const training = start({ file, checkpointInterval: 30, resume: run });
      await training.until("start");
      const pid = training.handle.pid ?? Number.NaN;
      // However fast the machine is, the run does not end meanwhile.
      process.kill(pid, "SIGSTOP");
      expect(await refusal({ resume: run })).toMatch(new RegExp(`it is still training \\(process ${pid}\\)`));
      training.handle.stop();
      process.kill(pid, "SIGCONT");
      expect(await training.ended()).toMatchObject({ reason: "stopped" });
    });

    test("where the numbers would not be the same, naming every difference", async () => {
      const message = await changed(({ versions, reproduction, configuration }) => ({
        versions: { ...versions, tensorflow: "2.20.0" },
        reproduction: { ...reproduction, cpu: "Another 3000" },
        configuration: { ...configuration, batchSize: 64 },
      }));
      expect(message).toMatch(/its numbers would not be the same: the plan's batchSize differs; /);
      expect(message).toMatch(/the version of tensorflow differs \(2\.\d+\.\d+ instead of 2\.20\.0\); /);
      expect(message).toMatch(/the machine's cpu differs \(.* instead of Another 3000\)\. Restore what has changed/);
    });

    test("where the step or the data have changed", async () => {
      const message = await changed(({ reproduction }) => ({ reproduction: { ...reproduction, graph: "other", data: "other" } }));
      expect(message).toMatch(/the data are not those that it started with; the training step is not the one/);
    });

    test("where a source has changed, and leads to its copy", async () => {
      const text = readFileSync(file, "utf8");
      folder.write("refused.model.ts", `${text}// changed\n`);
      expect(await refusal({ resume: run })).toMatch(
        /refused\.model\.ts has changed \(the run's copy is .*sources.refused\.model\.ts\)/,
      );
      folder.write("refused.model.ts", text);
    });

    test("where the checkpoint is no checkpoint", async () => {
      const path = join(run, "checkpoints/resume.safetensors");
      const content = readFileSync(path);
      writeFileSync(path, content.subarray(0, -8));
      expect(await refusal({ resume: run })).toMatch(/is not a whole safetensors file/);
      writeFileSync(path, content);
    });
  });
});
