import { describe, expect, it } from "vitest";
import type { ChildExit } from "../../../src/client";
import { headline, newHistory, recordEvent, type RunStart } from "../../../src/extension/training/runHistory";
import { TrainingRun } from "../../../src/extension/training/trainingRun";
import type { EpochEvent, RunEvent, StartEvent, StepRecord, TrainerMessage } from "../../../src/protocol";

const start: StartEvent = {
  ...{
    event: "start",
    run: "2026-mlp-1",
    folder: "/w/.layerwise/runs/2026-mlp-1",
    model: "mlp",
    params: 266_610,
    steps: 1719,
    epochs: 5,
  },
  engine: { name: "tensorflow", version: "2.21.0", device: "CPU", captured: false, jit: false, reason: "found" },
};
const step = (epoch: number, number: number): StepRecord => ({
  ...{ event: "step", epoch, step: number, loss: 1, metrics: { accuracy: 0.5 }, msPerStep: 3 },
});
const epoch = (number: number, fields: Partial<EpochEvent> = {}): EpochEvent => ({
  ...{
    event: "epoch",
    epoch: number,
    loss: 0.6,
    valLoss: 0.5,
    metrics: { accuracy: 0.8, valAccuracy: 0.84 },
    learningRate: 0.001,
    seconds: 3,
  },
  ...fields,
});
const provisional = { run: "new-1", model: "mlp", file: "mlp.model.ts", network: null };

/** A run whose trainer is in the test's hands. */
function startRun(changes: Partial<RunStart> = {}): {
  run: TrainingRun;
  tell: (...events: RunEvent[]) => void;
  send: (message: TrainerMessage) => void;
  exit: (exit: Pick<ChildExit, "code" | "signal">) => void;
  told: RunEvent[];
  stops: () => number;
} {
  const exited = Promise.withResolvers<ChildExit>();
  const told: RunEvent[] = [];
  let stops = 0;
  let receive: (message: TrainerMessage) => void = () => undefined;
  const run = new TrainingRun(
    { ...provisional, ...changes },
    (onMessage) => {
      receive = onMessage;
      return { pid: 1, stop: () => (stops += 1), exited: exited.promise, dispose: () => exited.promise.then(() => undefined) };
    },
    ({ events }) => void told.push(...events),
    () => undefined,
  );
  const send = (message: TrainerMessage): void => receive(message);
  const tell = (...events: RunEvent[]): void => send({ type: "events", events });
  return {
    run,
    tell,
    send,
    exit: (exit) => exited.resolve({ ...exit, description: "the process was killed by SIGKILL" }),
    told,
    stops: () => stops,
  };
}

describe("a training run", () => {
  it("goes from start to end", async () => {
    const { run, tell, exit } = startRun();
    expect(run.history.state).toBe("starting");
    tell(start, step(1, 100), epoch(1));
    expect(run.history).toMatchObject({ run: "2026-mlp-1", state: "training", steps: 1719, params: 266_610 });
    expect([run.isNamed("new-1"), run.isNamed("2026-mlp-1"), run.isActive]).toEqual([true, true, true]);
    tell({ event: "end", reason: "finished", testLoss: 0.47, test: { accuracy: 0.83 }, best: null, seconds: 20 });
    exit({ code: 0, signal: null });
    expect(await run.outcome).toEqual({ kind: "ended" });
    expect(run.listItem).toMatchObject({ state: "finished", headline: { name: "valAccuracy", value: 0.84 } });
  });

  it("says how far it was when its trainer died", async () => {
    const { run, tell, exit, told } = startRun();
    tell(start, epoch(1), step(2, 431));
    exit({ code: null, signal: "SIGKILL" });
    const message = "Training of mlp ended unexpectedly (killed by SIGKILL) after epoch 2, step 431.";
    expect(await run.outcome).toEqual({ kind: "died", message });
    expect(run.history.state).toBe("failed");
    expect(told.at(-1)).toMatchObject({ event: "end", reason: "failed", error: message });
  });

  it("goes on with what is known of a run that is resumed, less what is told again", async () => {
    const killed = startRun();
    killed.tell(start, step(1, 1), epoch(1), step(2, 1), step(2, 2), epoch(2), step(3, 1));
    killed.exit({ code: null, signal: "SIGKILL" });
    await killed.run.outcome;
    const { history } = killed.run;
    const startedAt = "2026-01-02T03:04:05.000Z";
    const { run, tell, exit } = startRun({ run: "2026-mlp-1", history, startedAt });
    expect([run.history.state, run.history.end, run.startedAt]).toEqual(["starting", null, startedAt]);
    tell({ ...start, resumedFrom: { epoch: 2, step: 1 } }, step(2, 2));
    expect(run.history.stepRecords.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
    ]);
    expect(run.history.epochEvents.map(({ epoch }) => epoch)).toEqual([1]);
    exit({ code: null, signal: "SIGKILL" });
    expect(await run.outcome).toMatchObject({ kind: "died" });
  });

  it("is refused with the trainer's reason", async () => {
    const { run, send, exit } = startRun();
    send({ type: "refused", message: "mlp.model.ts exports no plan `wide`." });
    exit({ code: 0, signal: null });
    expect(await run.outcome).toEqual({ kind: "refused", message: "mlp.model.ts exports no plan `wide`." });
    expect(run.isActive).toBe(false);
  });

  it("waits in a queue and can be stopped there", async () => {
    const { run, send, exit, stops } = startRun();
    send({ type: "queued", message: "Another run trains on CPU." });
    expect(run.history.state).toBe("queued");
    run.stop();
    exit({ code: 0, signal: null });
    expect(await run.outcome).toEqual({ kind: "ended" });
    expect([run.history.state, stops()]).toEqual(["stopped", 1]);
  });
});

describe("a run's history", () => {
  it("keeps at most 2,000 step records, the newest among them", () => {
    const history = newHistory(provisional);
    for (let number = 1; number <= 5000; number++) recordEvent(history, step(1, number));
    expect(history.stepRecords.length).toBeLessThanOrEqual(2000);
    expect(history.stepRecords.at(-1)?.step).toBe(5000);
    expect(history.stepRecords[0]?.step).toBe(1);
    const steps = history.stepRecords.map((record) => record.step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it("has as its headline a validation figure before a training one", () => {
    const history = newHistory(provisional);
    expect(headline(history)).toBeNull();
    recordEvent(history, step(1, 1));
    expect(headline(history)).toEqual({ name: "accuracy", value: 0.5 });
    recordEvent(history, epoch(1, { metrics: { accuracy: 0.8 } }));
    expect(headline(history)).toEqual({ name: "valLoss", value: 0.5 });
    recordEvent(history, epoch(2, { metrics: {}, valLoss: null, loss: "NaN" }));
    expect(headline(history)).toEqual({ name: "loss", value: "NaN" });
  });
});
