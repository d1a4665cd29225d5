import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RunsFolder } from "../../../src/extension/training/runsFolder";
import type { DiagnosisEvent, StepRecord } from "../../../src/protocol";
import { model, runFile } from "./fixtures";

let home: string;
let log: string[];
let runs: RunsFolder;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "layerwise-runs-"));
  log = [];
  runs = new RunsFolder(home, (line) => void log.push(line));
  await runs.create();
});
afterEach(() => rm(home, { recursive: true }));

async function write(run: string, file: string, text: string): Promise<void> {
  await mkdir(join(runs.path, run), { recursive: true });
  await writeFile(join(runs.path, run, file), text);
}

describe("the runs folder", () => {
  it("is kept out of version control", async () => {
    expect(await readFile(join(home, ".layerwise/.gitignore"), "utf8")).toBe("*\n");
  });

  it("lists runs, the newest first, and leaves out broken ones with a line in the log", async () => {
    await write("a", "run.json", JSON.stringify(runFile({ run: "a" })));
    await write("b", "run.json", JSON.stringify(runFile({ run: "b", startedAt: "2026-02-01T00:00:00.000Z" })));
    await write("c", "run.json", '{"run": "c"');
    await write("d", "run.json", JSON.stringify({ run: "d", version: 2 }));
    expect((await runs.list()).map(({ file }) => file.run)).toEqual(["b", "a"]);
    expect(log.map((line) => /runs\/(.) cannot be read/.exec(line)?.[1]).sort()).toEqual(["c", "d"]);
  });

  it("reads a run's epochs and network", async () => {
    await write("a", "run.json", JSON.stringify(runFile({ run: "a", file: join(home, "models/mlp.model.ts") })));
    const csv =
      "epoch,loss,valLoss,accuracy,valAccuracy,learningRate,seconds\n1,0.7,0.5,0.77,0.82,0.001,3.5\n2,NaN,,0.1,,0.001,3.4\n";
    await write("a", "history.csv", csv);
    await runs.saveNetwork("a", model([]));
    const history = (await runs.read("a"))?.history;
    expect(history).toMatchObject({ file: "models/mlp.model.ts", state: "finished", network: { name: "mlp" } });
    expect(history?.end).toMatchObject({ reason: "finished", testLoss: 0.4789, seconds: 60 });
    expect(history?.epochEvents).toEqual([
      {
        event: "epoch",
        epoch: 1,
        loss: 0.7,
        valLoss: 0.5,
        metrics: { accuracy: 0.77, valAccuracy: 0.82 },
        learningRate: 0.001,
        seconds: 3.5,
      },
      { event: "epoch", epoch: 2, loss: "NaN", valLoss: null, metrics: { accuracy: 0.1 }, learningRate: 0.001, seconds: 3.4 },
    ]);
  });

  it.each(['{"name": "mlp"', '{"name": 1}'])("shows a run without its network where that reads %s", async (text) => {
    await write("a", "run.json", JSON.stringify(runFile({ run: "a" })));
    await write("a", "network.json", text);
    expect((await runs.list()).map(({ history }) => history)).toMatchObject([{ run: "a", network: null }]);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain("network.json cannot be read");
  });

  it("keeps the steps and diagnoses of a run", async () => {
    await write("a", "run.json", JSON.stringify(runFile({ run: "a" })));
    const stepRecords: StepRecord[] = [
      { event: "step", epoch: 1, step: 1, loss: "NaN", metrics: { accuracy: 0.5 }, msPerStep: 3 },
    ];
    const diagnoses: DiagnosisEvent[] = [{ event: "diagnosis", code: "nan", layer: null, message: "The loss became NaN." }];
    await runs.saveMonitor("a", { stepRecords, diagnoses });
    expect((await runs.read("a"))?.history).toMatchObject({ run: "a", stepRecords, diagnoses });
    await write("a", "monitor.json", "[");
    expect((await runs.read("a"))?.history).toMatchObject({ run: "a", stepRecords: [], diagnoses: [] });
    expect(log).toHaveLength(1);
  });

  it("has no line in the log for a run that never had a network", async () => {
    await write("a", "run.json", JSON.stringify(runFile({ run: "a" })));
    expect((await runs.read("a"))?.history.network).toBeNull();
    expect(log).toEqual([]);
  });

  it.each(["../outside", "a/../../outside", "..", "."])("reads nothing outside of itself: %s", async (name) => {
    const run = JSON.stringify(runFile({ run: "outside" }));
    await write("../outside", "run.json", run);
    await write("..", "run.json", run);
    await write(".", "run.json", run);
    expect(await runs.read(name)).toBeUndefined();
    expect(log[0]).toContain("named by its folder's name alone");
  });

  it("says that a run failed whose trainer is gone", async () => {
    await write("a", "run.json", JSON.stringify(runFile({ run: "a", state: "training", endedAt: null, pid: null })));
    expect((await runs.read("a"))?.history.state).toBe("failed");
    await runs.markFailed("a", "killed by SIGKILL");
    const stored = await runs.read("a");
    expect(stored?.file).toMatchObject({ state: "failed", error: "killed by SIGKILL", pid: null });
    expect(stored?.history.end).toMatchObject({ reason: "failed", error: "killed by SIGKILL" });
  });

  it("leaves a run alone that had ended by itself", async () => {
    await write("a", "run.json", JSON.stringify(runFile({ run: "a" })));
    await runs.markFailed("a", "killed by SIGKILL");
    expect((await runs.read("a"))?.file.state).toBe("finished");
  });

  it("is empty where nothing has been trained", async () => {
    expect(await new RunsFolder(join(home, "nowhere"), () => undefined).list()).toEqual([]);
  });

  it("says what to do where it cannot be made", async () => {
    await writeFile(join(home, "file"), "");
    const message = /file\/\.layerwise\/runs could not be made .* Make .*file writable, or copy the model file/;
    await expect(new RunsFolder(join(home, "file"), () => undefined).create()).rejects.toThrow(message);
  });
});
