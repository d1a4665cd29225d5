import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/build.mjs";
import { listEngines } from "../../src/client";
import { RunFile } from "../../src/protocol";
import { BUILD_TIMEOUT } from "./support/analyzer";
import { ModelFolder } from "./support/modelFolder";
import { isRunning, untilEnded, waitFor } from "./support/processes";
import { ObservedTraining, TRAINER } from "./support/trainer";

const CLI = join(dirname(TRAINER), "cli.js");

const XOR = (options: string): string => `import { callbacks, layers, sequential, train, xor } from "layerwise";
console.log("declared");
export const network = sequential({ name: "network", inputShape: [2] }, [layers.dense(8, { activation: "tanh" }), layers.dense(1, { activation: "sigmoid" })]);
export default train(network, { data: xor(), optimizer: "adam", loss: "binaryCrossentropy", metrics: ["accuracy"], seed: 7, ${options} });
`;
const QUICK = XOR(
  `epochs: 3, batchSize: 3, callbacks: [callbacks.modelCheckpoint({ monitor: "loss", saveBestOnly: true }), callbacks.tensorBoard()]`,
);
/** Longer than any test. */
const ENDLESS = XOR("epochs: 10_000_000");

describe("the trainer", () => {
  const folder = new ModelFolder();
  const file = folder.write("quick.model.ts", QUICK);
  const endless = folder.write("endless.model.ts", ENDLESS);
  const trainings: ObservedTraining[] = [];
  const start = (
    ...args: ConstructorParameters<typeof ObservedTraining> extends [string, ...infer Rest] ? Rest : never
  ): ObservedTraining => {
    const training = new ObservedTraining(folder.path, ...args);
    trainings.push(training);
    return training;
  };
  const runFile = (run: string): RunFile => RunFile.parse(JSON.parse(readFileSync(join(run, "run.json"), "utf8")));

  /** Trains through the command line in a shell that limits files to 512 kB: what a full disk is to the trainer. */
  const startLimited = async (model: string): Promise<unknown> => {
    const command = `ulimit -f 512; exec "$0" "$@"`;
    const args = [process.execPath, CLI, "train", model, "--engine", "cpu", "--json", "--out", join(folder.path, "limited")];
    const child = spawn("bash", ["-c", command, ...args], {
      env: { ...process.env, XDG_CACHE_HOME: join(folder.path, "cache") },
    });
    const lines = (await text(child.stdout)).trim().split("\n");
    return JSON.parse(lines.at(-1) ?? "null");
  };

  beforeAll(() => ensureBuilt(), BUILD_TIMEOUT);
  afterAll(async () => {
    await Promise.all(trainings.map(({ handle }) => handle.dispose()));
    folder.remove();
  });

  test("tells of a run from start to end and leaves its folder", async () => {
    const training = start({ file });
    const end = await training.ended();
    expect(end).toMatchObject({ reason: "finished", testLoss: null, test: null });
    expect(training.first("start")).toMatchObject({
      model: "network",
      params: 33,
      steps: 2,
      epochs: 3,
      engine: { name: "cpu", captured: false, jit: false },
    });
    expect(training.events.filter(({ event }) => event === "step")).toHaveLength(6);
    expect(training.messages).toContainEqual({ type: "output", text: "declared\n" });
    expect(await training.handle.exited).toMatchObject({ code: 0, signal: null });

    const { folder: run } = training.first("start")!;
    expect(runFile(run)).toMatchObject({
      state: "finished",
      seed: 7,
      plan: "default",
      pid: null,
      sources: [{ path: "quick.model.ts" }],
    });
    expect(readFileSync(join(run, "sources/quick.model.ts"), "utf8")).toBe(QUICK);
    expect(readFileSync(join(run, "history.csv"), "utf8").trim().split("\n")).toHaveLength(4);
    expect(readdirSync(join(run, "checkpoints")).sort()).toEqual(["best-loss.safetensors", "last.safetensors"]);
    expect(readdirSync(run).sort()).toEqual(["checkpoints", "history.csv", "run.json", "sources", "train"]);
    expect(readdirSync(join(run, "train"))).toEqual([expect.stringMatching(/^events\.out\.tfevents\./)]);
    expect(readFileSync(join(folder.path, ".layerwise/.gitignore"), "utf8")).toBe("*\n");
  });

  test("gives the same numbers for the same seed", async () => {
    const numbers = async (): Promise<unknown> => {
      const training = start({ file });
      await training.ended();
      return training.events.flatMap((event) =>
        event.event === "step" || event.event === "epoch" ? [[event.loss, event.metrics]] : [],
      );
    };
    expect(await numbers()).toEqual(await numbers());
  });

  test("stops after the step under way and keeps the weights", async () => {
    const training = start({ file: endless });
    const { folder: run } = await training.until("start");
    await training.until("epoch");
    training.handle.stop();
    expect(await training.ended()).toMatchObject({ reason: "stopped" });
    expect(runFile(run)).toMatchObject({ state: "stopped", pid: null });
    expect(existsSync(join(run, "checkpoints/last.safetensors"))).toBe(true);
  });

  test("writes its weights and exits when its owner lets go", async () => {
    const training = start({ file: endless });
    const { folder: run } = await training.until("start");
    await training.until("epoch");
    const { pid } = training.handle;
    await training.handle.dispose();
    expect(isRunning(pid!)).toBe(false);
    expect(runFile(run).state).toBe("stopped");
    expect(existsSync(join(run, "checkpoints/last.safetensors"))).toBe(true);
  });

  test("does not outlive its owner, whatever the model's code does", async () => {
    const entered = join(folder.path, "entered");
    const loop = XOR("epochs: 1").replace(
      `loss: "binaryCrossentropy"`,
      `loss: () => { writeFileSync(${JSON.stringify(entered)}, String(process.pid)); for (;;); }`,
    );
    const model = folder.write("loop.model.ts", `import { writeFileSync } from "node:fs";\n${loop}`);
    const owner = spawn(process.execPath, [CLI, "train", model, "--engine", "cpu", "--out", join(folder.path, "loop")], {
      env: { ...process.env, XDG_CACHE_HOME: join(folder.path, "cache") },
      stdio: "ignore",
    });
    const pid = await waitFor(() => (existsSync(entered) ? Number(readFileSync(entered, "utf8")) || undefined : undefined));
    expect(isRunning(pid)).toBe(true);
    owner.kill("SIGKILL");
    await untilEnded([pid]);
  });

  test("can be stopped while a generator waits", async () => {
    const waiting = QUICK.replace("import { ", "import { generator, ").replace(
      "xor()",
      `generator(async function* () { console.log("waiting"); await new Promise(() => undefined); })`,
    );
    const training = start({ file: folder.write("waiting.model.ts", waiting) });
    await waitFor(() => training.messages.find((message) => message.type === "output" && message.text === "waiting\n"));
    training.handle.stop();
    expect(await training.ended()).toMatchObject({ reason: "stopped" });
  });

  test("a stop during the final test leaves the last weights, not the best that were put back", async () => {
    // The error is multiplied by 1 − 2 · 2.2 = −3.4 in each step: the first epoch is the best.
    const diverging = `import { arrays, callbacks, layers, optimizers, sequential, tf, train } from "layerwise";
const network = sequential({ inputShape: [1] }, [layers.dense(1, { useBias: false, kernelInitializer: "zeros" })]);
const stopInTest = (yTrue, yPred) => {
  if (yTrue.dataSync()[0] === 99) process.emit("SIGTERM");
  return tf.mean(tf.abs(tf.sub(yTrue, yPred)), -1);
};
export default train(network, {
  data: arrays({ x: [[1], [1], [1]], y: [[99], [1], [1]] }).split({ test: 1 }),
  optimizer: optimizers.sgd({ learningRate: 2.2 }), loss: "mse", metrics: [stopInTest], epochs: 3,
  callbacks: [callbacks.earlyStopping({ monitor: "loss", patience: 9, restoreBestWeights: true })],
});`;
    const training = start({ file: folder.write("diverging.model.ts", diverging) });
    expect(await training.ended()).toMatchObject({ reason: "stopped", best: { epoch: 1 } });
    const saved = readFileSync(join(training.first("start")!.folder, "checkpoints/last.safetensors"));
    expect(saved.readFloatLE(saved.length - 4)).toBeCloseTo(1 + 3.4 ** 3, 3);
  });

  test.each(["constructor", "toString"])("has no module %s for a model file", async (name) => {
    const model = folder.write(`${name}.model.ts`, `const name = "${name}";\nrequire(name);\n`);
    expect(await start({ file: model }).ended()).toMatchObject({
      reason: "failed",
      error: expect.stringMatching(new RegExp(`model\\.ts:2:\\d+: .*Cannot find module '${name}'`)) as string,
    });
  });

  test("is stopped, not failed, by a Ctrl-C that it cannot hear yet", async () => {
    const training = start({ file: endless });
    training.handle.stop();
    process.kill(training.handle.pid!, "SIGINT");
    expect(await training.ended()).toMatchObject({ reason: "stopped" });
  });

  test("is reported when it is killed, and the next run takes the device over", async () => {
    const killed = start({ file: endless });
    await killed.until("epoch");
    process.kill(killed.handle.pid!, "SIGKILL");
    expect(await killed.ended()).toMatchObject({ reason: "failed", error: expect.stringContaining("SIGKILL") as string });
    expect(await start({ file }).ended()).toMatchObject({ reason: "finished" });
  });

  test("queues behind a run on the same device, starts after it, and can be stopped while it waits", async () => {
    const first = start({ file: endless });
    await first.until("epoch");
    const second = start({ file });
    const third = start({ file });
    for (const waiting of [second, third]) {
      await waitFor(() =>
        waiting.messages.find((message) => message.type === "queued" && message.message.includes(String(first.handle.pid))),
      );
    }
    third.handle.stop();
    expect(await third.ended()).toMatchObject({ reason: "stopped" });
    expect(second.first("start")).toBeUndefined();
    first.handle.stop();
    expect(await first.ended()).toMatchObject({ reason: "stopped" });
    expect(await second.ended()).toMatchObject({ reason: "finished" });
  });

  test.each([
    ["an export that is no plan", { plan: "network" }, QUICK, /exports no plan "network"; it exports default/],
    [
      "several plans",
      {},
      QUICK.replace("export default", "export const a =") + "export const b = train(network, { ...a.options });",
      /several plans.* a, b\. Choose one with --plan/,
    ],
    ["no plan", {}, "export const nothing = 0;", /exports no plan\. Add: export default train/],
  ])("refuses %s", async (name, options, source, message) => {
    const training = start({ file: folder.write(`${name.replaceAll(" ", "-")}.model.ts`, source), ...options });
    await training.handle.exited;
    expect(training.messages.at(-1)).toMatchObject({ type: "refused", message: expect.stringMatching(message) as string });
  });

  test.each([
    [
      "a file where the folder should be",
      () => join(folder.write("occupied", ""), "runs"),
      /a file stands where the folder should be/,
    ],
    ["a place that nobody can write", () => "/proc/layerwise/runs", /could not be written/],
  ])("says what to do about %s", async (_name, runsFolder, message) => {
    const end = await start({ file, runsFolder: runsFolder() }).ended();
    expect(end).toMatchObject({ reason: "failed", error: expect.stringMatching(message) as string });
  });

  test("ends with a message when the run's folder vanishes", async () => {
    const training = start({ file: endless });
    const { folder: run } = await training.until("start");
    await training.until("epoch");
    renameSync(run, `${run}-moved`);
    expect(await training.ended()).toMatchObject({
      reason: "failed",
      error: expect.stringMatching(/could not be written: its folder is gone/) as string,
    });
  });

  test("ends with a message when files cannot grow as large as the weights, and leaves no broken file", async () => {
    const file = folder.write(
      "large.model.ts",
      XOR("epochs: 1, callbacks: [callbacks.modelCheckpoint({ monitor: 'loss' })]").replace("dense(8", "dense(100_000"),
    );
    const end = await startLimited(file);
    expect(end).toMatchObject({
      reason: "failed",
      error: expect.stringMatching(/checkpoints.*could not be written: .*(size|disk)/) as string,
    });
    const run = readdirSync(join(folder.path, "limited")).map((name) => join(folder.path, "limited", name))[0]!;
    expect(readdirSync(join(run, "checkpoints"))).toEqual([]);
    expect(runFile(run).state).toBe("failed");
  });

  test("leads an error to its line", async () => {
    const throwing = folder.write("throwing.model.ts", `const a = 1;\nthrow new Error("broken on purpose");\n`);
    expect(await start({ file: throwing }).ended()).toMatchObject({
      reason: "failed",
      error: expect.stringMatching(/throwing\.model\.ts:2:\d+: .*broken on purpose/) as string,
    });
  });

  test("names the step of the first loss that is not a number", async () => {
    const source = XOR("epochs: 2, callbacks: [callbacks.terminateOnNaN()]").replace(
      `loss: "binaryCrossentropy"`,
      "loss: (y, p) => p.sub(p).div(p.sub(p)).mean(-1)",
    );
    const training = start({ file: folder.write("nan.model.ts", source) });
    expect(await training.ended()).toMatchObject({
      reason: "failed",
      error: expect.stringContaining("terminateOnNaN") as string,
    });
    expect(training.first("diagnosis")).toMatchObject({
      code: "nan",
      message: expect.stringMatching(/NaN .* in epoch 1, step 1, with learning rate 0.001/) as string,
    });
  });

  test("says why the engines could not be listed", async () => {
    const script = folder.write(
      "refusing.cjs",
      `process.once("message", () => process.send({ type: "refused", message: "no memory" }, () => process.exit()));`,
    );
    await expect(listEngines(script)).rejects.toThrow("The engines could not be listed: no memory");
  });

  test("lists the engines", async () => {
    const engines = await listEngines(TRAINER);
    expect(engines.map(({ name }) => name)).toEqual(["tensorflow", "wasm", "cpu"]);
    expect(engines.find(({ name }) => name === "cpu")).toMatchObject({ available: true });
  });
});
