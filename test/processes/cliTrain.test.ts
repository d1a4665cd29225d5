import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/build.mjs";
import { type EndEvent, RunEvent } from "../../src/protocol";
import { BUILD_TIMEOUT } from "./support/analyzer";
import { ModelFolder } from "./support/modelFolder";
import { descendants, untilEnded } from "./support/processes";
import { TRAINER } from "./support/trainer";

const CLI = join(dirname(TRAINER), "cli.js");
const MODEL = `import { layers, sequential, train, xor } from "layerwise";
console.log("hello from the model");
export const network = sequential({ name: "network", inputShape: [2] }, [layers.dense(1, { activation: "sigmoid" })]);
const options = { data: xor(), optimizer: "sgd", loss: "binaryCrossentropy", metrics: ["accuracy"], epochs: 4, seed: 1 } as const;
export const short = train(network, { ...options, epochs: 2 });
export default train(network, options);
`;

/** Resolves when the child has written some text to stderr. */
function stderrOf({ stderr }: ReturnType<typeof spawn>, part: string): Promise<void> {
  let written = "";
  return new Promise((resolve) =>
    stderr?.on("data", (chunk: Buffer) => {
      written += chunk.toString();
      if (written.includes(part)) resolve();
    }),
  );
}

describe("layerwise train", () => {
  const folder = new ModelFolder();
  const file = folder.write("a.model.ts", MODEL);
  const env = { ...process.env, XDG_CACHE_HOME: join(folder.path, "cache") };

  beforeAll(() => ensureBuilt(), BUILD_TIMEOUT);
  afterAll(() => folder.remove());

  function start(...args: string[]): {
    child: ReturnType<typeof spawn>;
    done: Promise<{ code: number | null; stdout: string; stderr: string }>;
  } {
    const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
    const done = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
      code,
      stdout,
      stderr,
    }));
    return { child, done };
  }
  const run = (...args: string[]) => start(...args).done;

  test("names every mistake of the file, as summary does", async () => {
    const wrong = folder.write(
      "wrong.model.ts",
      `import { layers, sequential, train, xor } from "layerwise";
export const network = sequential({ inputShape: [2] }, [
  layers.dense(1, { name: "same" }),
  layers.dense(1, { name: "same", activaton: "relu" } as object),
]);
export default train(network, { data: xor(), optimizer: "sgdd" as "sgd", loss: "mse" });
`,
    );
    const { code, stderr } = await run("train", wrong, "--engine", "cpu", "--json");
    expect(code).toBe(1);
    for (const [line, message] of [
      [4, "activaton"],
      [4, 'called "same"'],
      [6, 'optimizer "sgdd"'],
    ] as const) {
      expect(stderr).toMatch(new RegExp(`wrong\\.model\\.ts:${line}:\\d+: .*${message}`));
    }
  });
  const events = (stdout: string): RunEvent[] =>
    stdout
      .trim()
      .split("\n")
      .map((line) => RunEvent.parse(JSON.parse(line)));

  test("prints one event a line and nothing else on stdout", async () => {
    const { code, stdout, stderr } = await run("train", file, "--engine", "cpu", "--json");
    const all = events(stdout);
    expect(code).toBe(0);
    expect(all[0]).toMatchObject({
      event: "start",
      model: "network",
      params: 3,
      steps: 1,
      epochs: 4,
      folder: expect.stringContaining(join(folder.path, ".layerwise/runs")) as string,
    });
    expect(all.filter(({ event }) => event === "epoch")).toHaveLength(4);
    expect(all.at(-1)).toMatchObject({ event: "end", reason: "finished", testLoss: null });
    expect(stderr).toContain("hello from the model");
  });

  test("takes plan, epochs and the folder for runs", async () => {
    const out = join(folder.path, "elsewhere");
    const { stdout } = await run("train", file, "--engine", "cpu", "--plan", "short", "--out", out, "--json");
    expect(events(stdout)[0]).toMatchObject({ epochs: 2, folder: expect.stringContaining(out) as string });
    const { stdout: fewer } = await run("train", file, "--engine", "cpu", "--epochs", "1", "--json");
    expect(events(fewer)[0]).toMatchObject({ epochs: 1 });
  });

  test("prints plain lines where stdout is no terminal", async () => {
    const { stdout } = await run("train", file, "--engine", "cpu");
    expect(stdout).toMatch(/^network · 3 params · 1 steps × 4 epochs · cpu /);
    expect(stdout).toMatch(/\nEpoch 4\/4 · .* · loss 0\.\d+ · accuracy /);
    expect(stdout).toContain("Finished after");
  });

  test("exits with 2 for wrong usage", async () => {
    for (const args of [
      ["train"],
      ["train", "nowhere.model.ts"],
      ["train", folder.path],
      ["train", file, "--epochs", "0"],
      ["train", file, "--engine", "abacus"],
      ["train", file, "--plan", "other"],
      ["train", file, "--resume", "nowhere"],
      ["train", file, "--resume", "last", "--epochs", "5"],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      expect([args, code, stdout]).toEqual([args, 2, ""]);
      expect(stderr).not.toBe("");
    }
  });

  test("exits with 1 and one message when the training fails", async () => {
    const failing = folder.write("failing.model.ts", MODEL.replace("xor(),", `csv("nowhere.csv"),`).replace("xor }", "csv }"));
    const { code, stdout, stderr } = await run("train", failing, "--engine", "cpu", "--json");
    expect(code).toBe(1);
    expect(events(stdout)).toMatchObject([
      { event: "end", reason: "failed", error: expect.stringContaining("nowhere.csv") as string },
    ]);
    expect(stderr.split("nowhere.csv")).toHaveLength(2);
  });

  test("a second SIGINT ends a training that cannot hear the first", async () => {
    const loop = MODEL.replace("xor(),", "generator(function* () { for (;;); }),").replace("xor }", "generator }");
    const { child, done } = start("train", folder.write("loop.model.ts", loop), "--engine", "cpu", "--json");
    await stderrOf(child, "hello from the model");
    const children = descendants(child.pid!);
    child.kill("SIGINT");
    await stderrOf(child, "Ctrl-C again");
    child.kill("SIGINT");
    expect(await done).toMatchObject({ code: 130 });
    await untilEnded(children);
  });

  test("SIGINTs in quick succession leave no trainer behind", async () => {
    const { child, done } = start("train", file, "--engine", "cpu", "--json", "--epochs", "10000000");
    await new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
    const children = descendants(child.pid!);
    for (let times = 0; times < 5; times++) child.kill("SIGINT");
    const { code, stdout } = await done;
    expect(code).toBe(130);
    expect(events(stdout).at(-1)).toMatchObject({ event: "end" });
    await untilEnded(children);
  });

  test("ends quietly, with its trainer, when nobody reads its output any more", async () => {
    const { child, done } = start("train", file, "--engine", "cpu", "--json", "--epochs", "10000000");
    await new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
    const children = descendants(child.pid!);
    child.stdout?.destroy();
    await expect(done).rejects.toThrow("Premature close");
    await untilEnded([child.pid!, ...children]);
  });

  test("stops in order at SIGINT, keeps the weights and exits with 130", async () => {
    const { child, done } = start("train", file, "--engine", "cpu", "--json", "--epochs", "10000000");
    await new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
    const children = descendants(child.pid!);
    child.kill("SIGINT");
    const { code, stdout } = await done;
    expect(code).toBe(130);
    expect(events(stdout).at(-1) as EndEvent).toMatchObject({ event: "end", reason: "stopped" });
    await untilEnded(children);
  });

  test("goes on with a run that was stopped, and comes to the same weights", async () => {
    const model = folder.write("long.model.ts", MODEL.replace("epochs: 4", "epochs: 1500"));
    const weights = (run: string): Buffer => readFileSync(join(run, "checkpoints/last.safetensors"));
    const whole = events((await run("train", model, "--engine", "cpu", "--json")).stdout)[0];
    const { child, done } = start("train", model, "--engine", "cpu", "--json");
    await new Promise<void>((resolve) => child.stdout?.once("data", () => resolve()));
    child.kill("SIGINT");
    const stopped = events((await done).stdout)[0];
    if (whole?.event !== "start" || stopped?.event !== "start") throw new Error("expected start events");

    const { code, stdout } = await run("train", model, "--resume", stopped.run, "--json");
    expect(code).toBe(0);
    const resumed = events(stdout);
    expect(resumed[0]).toMatchObject({ event: "start", run: stopped.run, epochs: 1500, engine: { name: "cpu" } });
    expect(resumed[0]).toHaveProperty("resumedFrom.step");
    expect(resumed.at(-1)).toMatchObject({ event: "end", reason: "finished" });
    expect(weights(stopped.folder).equals(weights(whole.folder))).toBe(true);

    const { code: refused, stderr } = await run("train", model, "--resume", stopped.folder);
    expect([refused, stderr]).toEqual([2, expect.stringContaining("cannot be resumed: it has finished")]);
  });

  test("lists the engines", async () => {
    const { code, stdout } = await run("engines", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      engines: [{ name: "tensorflow" }, { name: "wasm" }, { name: "cpu", available: true }],
    });
  });
});
