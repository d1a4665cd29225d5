import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Training } from "../../../../src/extension/training/trainings";
import { RunFile } from "../../../../src/protocol";
import { layerwise, openText, until, workspaceFile } from "./editor";

const MODEL = `import { arrays, layers, sequential, train } from "layerwise";

const data = arrays({ x: { values: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), shape: [4, 2] }, y: [0, 1, 1, 0] });
const plan = { data, optimizer: "adam", loss: "binaryCrossentropy", metrics: ["accuracy"], batchSize: 4, seed: 1 } as const;

export const xor = sequential({ name: "xor", inputShape: [2] }, [
  layers.dense(8, { activation: "tanh" }),
  layers.dense(1, { activation: "sigmoid" }),
]);

export default train(xor, { ...plan, epochs: 3 });
export const endless = train(xor, { ...plan, epochs: 1_000_000 });
`;

/** Starts a training as the lens above its plan does. */
async function train(plan: string): Promise<Training> {
  const { trainings } = await layerwise();
  await vscode.commands.executeCommand("layerwise.trainModel", { uri: workspaceFile("xor.model.ts"), plan, model: "xor" });
  const training = trainings.active.at(-1);
  assert(training, "no training has started");
  return training;
}

async function untilItTrains({ run }: Training): Promise<void> {
  const { trainings } = await layerwise();
  await until(trainings.onDidChange, () => run.history.stepRecords[0]);
}

async function storedRun({ run }: Training): Promise<RunFile> {
  const path = join(workspaceFile(".layerwise/runs").fsPath, run.history.run, "run.json");
  return RunFile.parse(JSON.parse(await readFile(path, "utf8")));
}

describe("training", () => {
  before(() => openText("xor.model.ts", MODEL));

  it("runs to its end, is shown in the monitor and kept in the runs folder", async () => {
    const { monitor } = await layerwise();
    const training = await train("default");
    assert.deepEqual(await training.run.outcome, { kind: "ended" });
    const { history } = training.run;
    assert.deepEqual([history.state, history.epochEvents.length, history.params], ["finished", 3, 33]);
    assert.equal(monitor.subject?.run, history.run);
    assert((await readdir(workspaceFile(".layerwise/runs").fsPath)).includes(history.run));
    assert.equal((await storedRun(training)).state, "finished");
    assert.equal(await readFile(workspaceFile(".layerwise/.gitignore").fsPath, "utf8"), "*\n");
  });

  it("saves the file first", async () => {
    const editor = await openText("saved.model.ts", MODEL);
    assert(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "// changed\n")));
    const { trainings } = await layerwise();
    await vscode.commands.executeCommand("layerwise.trainModel", { uri: editor.document.uri, plan: "default" });
    assert.equal(editor.document.isDirty, false);
    await trainings.active.at(-1)?.run.outcome;
  });

  it("stops on command and keeps what it has", async () => {
    const training = await train("endless");
    await untilItTrains(training);
    await vscode.commands.executeCommand("layerwise.stopTraining");
    assert.deepEqual(await training.run.outcome, { kind: "ended" });
    assert.equal((await storedRun(training)).state, "stopped");
  });

  it("says so when its trainer is killed, and the next one works", async () => {
    const { trainings } = await layerwise();
    const training = await train("endless");
    await untilItTrains(training);
    assert(training.run.pid);
    process.kill(training.run.pid, "SIGKILL");
    const outcome = await training.run.outcome;
    assert.equal(outcome.kind, "died");
    assert.match(outcome.message, /^Training of xor ended unexpectedly \(killed by SIGKILL\) after epoch \d+/);
    assert.deepEqual([training.run.history.state, training.run.history.end?.error], ["failed", outcome.message]);
    assert.deepEqual(trainings.active, []);
    const next = await train("default");
    assert.deepEqual(await next.run.outcome, { kind: "ended" });
    assert.equal(next.run.history.state, "finished");
    const { state, error, pid } = await storedRun(training);
    assert.deepEqual({ state, error, pid }, { state: "failed", error: outcome.message, pid: null });
  });

  it("goes on with a run whose trainer was killed, in the same folder", async () => {
    const { trainings, monitor } = await layerwise();
    const killed = await train("endless");
    await untilItTrains(killed);
    assert(killed.run.pid);
    process.kill(killed.run.pid, "SIGKILL");
    assert.equal((await killed.run.outcome).kind, "died");
    const { run: name, stepRecords } = killed.run.history;
    await vscode.commands.executeCommand("layerwise.resumeTraining", { home: workspaceFile("."), run: name });
    const resumed = trainings.active.at(-1);
    assert(resumed, "no training has been resumed");
    const { startedAt } = await storedRun(killed);
    assert.deepEqual([resumed.run.history.run, resumed.run.startedAt, monitor.subject?.run], [name, startedAt, name]);
    const last = stepRecords.at(-1);
    assert(last);
    // It makes the steps that the killed one told after its last checkpoint again, and goes on.
    await until(trainings.onDidChange, () => resumed.run.history.stepRecords.find(({ epoch }) => epoch > last.epoch));
    const epochs = resumed.run.history.epochEvents.map(({ epoch }) => epoch);
    assert.deepEqual(
      epochs,
      [...new Set(epochs)].sort((a, b) => a - b),
    );
    await vscode.commands.executeCommand("layerwise.stopTraining");
    assert.deepEqual(await resumed.run.outcome, { kind: "ended" });
    const { state, resumedAt } = await storedRun(resumed);
    assert.deepEqual([state, resumedAt?.length], ["stopped", 1]);
    assert.equal(trainings.find(name), resumed);
  });

  it("lets a second training wait for the first, and stops it there", async () => {
    const { trainings } = await layerwise();
    const first = await train("endless");
    await untilItTrains(first);
    const second = await train("default");
    await until(trainings.onDidChange, () => second.run.history.state === "queued" || undefined);
    second.run.stop();
    assert.deepEqual(await second.run.outcome, { kind: "ended" });
    assert.equal(second.run.history.state, "stopped");
    assert.equal(first.run.isActive, true);
    first.run.stop();
    await first.run.outcome;
  });

  it("is refused where the file exports no such plan", async () => {
    const outcome = await (await train("missing")).run.outcome;
    assert.equal(outcome.kind, "refused");
    assert.match(outcome.message, /missing/);
  });
});
