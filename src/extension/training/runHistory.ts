import { type ModelSummary, type RunEvent, type RunHistory, type RunListItem, thinStepRecords } from "../../protocol";

/** What a run is before it has told anything. */
export interface RunStart {
  readonly run: string;
  readonly model: string;
  readonly file: string;
  readonly network: ModelSummary | null;
  /** What is known of the run, where it is resumed. */
  readonly history?: RunHistory | undefined;
  /** ISO 8601. Default: now. */
  readonly startedAt?: string | undefined;
}

export function newHistory({ history, ...start }: RunStart): RunHistory {
  if (history !== undefined) return { ...history, state: "starting", end: null };
  return {
    ...{ run: start.run, model: start.model, file: start.file, network: start.network },
    state: "starting",
    params: start.network?.totals.params ?? null,
    engine: null,
    steps: null,
    epochs: null,
    stepRecords: [],
    epochEvents: [],
    diagnoses: [],
    end: null,
  };
}

/** Takes an event into a run's history. */
export function recordEvent(history: RunHistory, event: RunEvent): void {
  switch (event.event) {
    case "start":
      history.state = "training";
      history.run = event.run;
      history.model = event.model;
      history.params = event.params;
      history.engine = event.engine;
      history.steps = event.steps;
      history.epochs = event.epochs;
      if (event.resumedFrom !== undefined) cutHistory(history, event.resumedFrom);
      break;
    case "step":
      history.stepRecords = thinStepRecords([...history.stepRecords, event]);
      break;
    case "epoch":
      history.epochEvents.push(event);
      break;
    case "diagnosis":
      history.diagnoses.push(event);
      break;
    case "end":
      history.state = event.reason;
      history.end = event;
      break;
    case "checkpoint":
      break;
  }
}

/** Takes away what a resumed run tells again. */
function cutHistory(history: RunHistory, from: { epoch: number; step: number }): void {
  history.epochEvents = history.epochEvents.filter(({ epoch }) => epoch < from.epoch);
  history.stepRecords = history.stepRecords.filter(
    ({ epoch, step }) => epoch < from.epoch || (epoch === from.epoch && step <= from.step),
  );
}

/** Whether a run can still be stopped. */
export function isActive(state: RunListItem["state"]): boolean {
  return state === "queued" || state === "starting" || state === "training";
}

/** The figure to show beside a run's name: of what was measured last, a validation metric, else the validation loss, a metric, the loss. */
export function headline({ end, epochEvents, stepRecords }: RunHistory): RunListItem["headline"] {
  if (end?.best) return { name: end.best.monitor, value: end.best.value };
  const epoch = epochEvents.at(-1);
  const last = epoch ?? stepRecords.at(-1);
  if (last === undefined) return null;
  const metrics = Object.entries(last.metrics).map(([name, value]) => ({ name, value }));
  const validation = metrics.find(({ name }) => name.startsWith("val"));
  const valLoss = epoch?.valLoss ?? null;
  return (
    validation ??
    (valLoss === null ? undefined : { name: "valLoss", value: valLoss }) ??
    metrics[0] ?? { name: "loss", value: last.loss }
  );
}

/** Where a run has got to, in words: `after epoch 2, step 431`. */
export function describeProgress({ stepRecords, epochEvents }: RunHistory): string {
  const step = stepRecords.at(-1);
  const epoch = epochEvents.at(-1);
  if (step !== undefined && step.epoch > (epoch?.epoch ?? 0)) return `after epoch ${step.epoch}, step ${step.step}`;
  return epoch === undefined ? "before its first step" : `after epoch ${epoch.epoch}`;
}
