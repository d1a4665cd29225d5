import uPlot from "uplot";
import { decodeFloat } from "../../src/protocol/training";
import type { RunHistory } from "../../src/protocol/monitor";
import { baseMetricName } from "../format";

/** One chart's data: a training curve by step, a validation curve by epoch, over the same axis of epochs. */
export interface ChartData {
  readonly name: string;
  /** x in epochs, training, validation. */
  readonly aligned: uPlot.AlignedData;
  readonly training: number | null;
  readonly validation: number | null;
}

/** The charts of a run: the loss first, then each metric. */
export function chartsOf(run: RunHistory): ChartData[] {
  const metrics = new Set<string>();
  for (const record of run.stepRecords.slice(-1)) for (const name of Object.keys(record.metrics)) metrics.add(name);
  for (const event of run.epochEvents.slice(-1)) for (const name of Object.keys(event.metrics)) metrics.add(baseMetricName(name));
  return ["loss", ...metrics].map((name) => chartOf(run, name));
}

function chartOf(run: RunHistory, name: string): ChartData {
  const steps = run.steps ?? 1;
  const running = runningMeans(run, name);
  const trainingX = running.map(({ epoch, step }) => epoch - 1 + step / steps);
  const training = (MEANS.test(name) ? localMeans(running) : running).map(({ value }) => finite(value));
  const validationName = `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const validationX: number[] = [];
  const validation: (number | null)[] = [];
  for (const event of run.epochEvents) {
    const value = name === "loss" ? event.valLoss : event.metrics[validationName];
    if (value === null || value === undefined) continue;
    validationX.push(event.epoch);
    validation.push(finite(decodeFloat(value)));
  }
  const aligned =
    validationX.length === 0
      ? ([trainingX, training, trainingX.map(() => null)] as uPlot.AlignedData)
      : uPlot.join([
          [trainingX, training],
          [validationX, validation],
        ]);
  return { name, aligned, training: finite(running.at(-1)?.value ?? Number.NaN), validation: validation.at(-1) ?? null };
}

interface RunningMean {
  readonly epoch: number;
  readonly step: number;
  readonly value: number;
}

function runningMeans(run: RunHistory, name: string): RunningMean[] {
  return run.stepRecords.flatMap(({ epoch, step, loss, metrics }) => {
    const value = name === "loss" ? loss : metrics[name];
    return value === undefined ? [] : [{ epoch, step, value: decodeFloat(value) }];
  });
}

/** Measures whose value over some steps is a mean over them; others, such as the area under a curve, cannot be taken apart. */
const MEANS = /loss|accuracy|error|entropy|^m[as]e$/i;

/** Each epoch's running mean begins anew, which draws a cliff at its start: the curve shows the mean over the steps since the last record. */
function localMeans(running: readonly RunningMean[]): RunningMean[] {
  return running.map((record, index) => {
    const former = running[index - 1];
    if (former?.epoch !== record.epoch || former.step >= record.step) return record;
    const value = (record.value * record.step - former.value * former.step) / (record.step - former.step);
    return { ...record, value };
  });
}

/** A value that is not finite leaves a gap in the curve; the diagnosis below says so in words. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The epoch to mark as the best: what the trainer says, or so far the lowest validation loss. */
export function bestEpoch(run: RunHistory): number | null {
  const told = run.end?.best ?? null;
  if (told !== null) return told.epoch;
  let best: { epoch: number; loss: number } | null = null;
  for (const { epoch, valLoss } of run.epochEvents) {
    const loss = valLoss === null ? Number.NaN : decodeFloat(valLoss);
    if (Number.isFinite(loss) && (best === null || loss < best.loss)) best = { epoch, loss };
  }
  return best?.epoch ?? null;
}
