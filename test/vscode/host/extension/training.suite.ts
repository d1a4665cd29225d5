import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { RunFile } from "../../../../src/protocol";
import type { Training } from "../../../../src/extension/training/trainings";
import { event, layerwise, open, workspaceFile } from "./editor";

const file = workspaceFile("xor.model.ts");

/** Starts a training as the lens above its plan does. */
async function train(plan: string): Promise<Training> {
  const { trainings } = await layerwise();
  await vscode.commands.executeCommand("layerwise.trainModel", { uri: file, plan, model: "xor" });
  const training = trainings.active.at(-1);
  assert(training, "No training has started.");
  return training;
}

async function untilItTrains({ run }: Training): Promise<void> {
  const { trainings } = await layerwise();
  if (run.history.stepRecords.length > 0) return;
  await event(trainings.onDidChange, (change) => change.run === run && run.history.stepRecords.length > 0);
}

async function storedRun(name: string): Promise<RunFile> {
  const path = join(workspaceFile(".layerwise/runs").fsPath, name, "run.json");
  return RunFile.parse(JSON.parse(await readFile(path, "utf8")));
}

describe("training", () => {
  before(() => open("xor.model.ts"));

  it("runs to its end, is shown in the monitor and kept in the runs folder", async () => {
    const { monitor } = await layerwise();
    const { run } = await train("default");
    assert.deepEqual(await run.outcome, { kind: "ended" });
    const { history } = run;
    assert.deepEqual([history.state, history.epochEvents.length, history.params], ["finished", 3, 33]);
    assert.equal(monitor.subject?.run, history.run);
    assert((await readdir(workspaceFile(".layerwise/runs").fsPath)).includes(history.run));
    assert.equal((await storedRun(history.run)).state, "finished");
    assert.equal(await readFile(workspaceFile(".layerwise/.gitignore").fsPath, "utf8"), "*\n");
  });

  it("stops on command and keeps what it has", async () => {
    const training = await train("endless");
    await untilItTrains(training);
    await vscode.commands.executeCommand("layerwise.stopTraining");
    assert.deepEqual(await training.run.outcome, { kind: "ended" });
    assert.equal((await storedRun(training.run.history.run)).state, "stopped");
  });

  it("says so when its trainer is killed, and the next one works", async () => {
    const { trainings } = await layerwise();
    const training = await train("endless");
    await untilItTrains(training);
    const ended = event(trainings.onDidEnd, ({ run }) => run === training.run);
    assert(training.run.pid);
    process.kill(training.run.pid, "SIGKILL");
    const { outcome } = await ended;
    assert.equal(outcome.kind, "died");
    assert.match(outcome.message, /^Training of xor ended unexpectedly \(killed by SIGKILL\) after epoch \d+/);
    assert.deepEqual([training.run.history.state, training.run.history.end?.error], ["failed", outcome.message]);
    assert.deepEqual(await storedRun(training.run.history.run).then(({ state, error }) => [state, error]), [
      "failed",
      outcome.message,
    ]);
    assert.deepEqual(trainings.active, []);
    const next = await train("default");
    assert.deepEqual(await next.run.outcome, { kind: "ended" });
    assert.equal(next.run.history.state, "finished");
  });

  it("lets a second training wait for the first, and stops it there", async () => {
    const { trainings } = await layerwise();
    const first = await train("endless");
    await untilItTrains(first);
    const second = await train("default");
    if (second.run.history.state !== "queued") await event(trainings.onDidChange, ({ run }) => run.history.state === "queued");
    second.run.stop();
    assert.deepEqual(await second.run.outcome, { kind: "ended" });
    assert.equal(second.run.history.state, "stopped");
    assert.equal(first.run.isActive, true);
    first.run.stop();
    await first.run.outcome;
  });

  it("is refused where the file exports no such plan", async () => {
    const { run } = await train("missing");
    const outcome = await run.outcome;
    assert.equal(outcome.kind, "refused");
    assert.match(outcome.message, /missing/);
  });
});
