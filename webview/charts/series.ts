import uPlot from "uplot";
import { decodeFloat } from "../../src/protocol/training";
import type { ShownRun } from "../../src/protocol/monitor";
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
export function chartsOf(run: ShownRun): ChartData[] {
  const metrics = new Set<string>();
  for (const record of run.stepRecords.slice(-1)) for (const name of Object.keys(record.metrics)) metrics.add(name);
  for (const event of run.epochEvents.slice(-1)) for (const name of Object.keys(event.metrics)) metrics.add(baseMetricName(name));
  return ["loss", ...metrics].map((name) => chartOf(run, name));
}

function chartOf(run: ShownRun, name: string): ChartData {
  const steps = run.steps ?? 1;
  const running = runningMeans(run, name);
  const curve = MEANS.test(name) ? localMeans(running, (steps * (run.epochs ?? 1)) / RESOLUTION) : running;
  const trainingX = curve.map(({ epoch, step }) => epoch - 1 + step / steps);
  const training = curve.map(({ value }) => finite(value));
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

/** Of a past run only the epochs are on the disk: each epoch's mean stands at its end. */
function runningMeans(run: ShownRun, name: string): RunningMean[] {
  const epochEnds = run.epochEvents.map((event) => ({ ...event, step: run.steps ?? 1 }));
  const records = run.stepRecords.length > 0 ? run.stepRecords : epochEnds;
  return records.flatMap(({ epoch, step, loss, metrics }) => {
    const value = name === "loss" ? loss : metrics[name];
    return value === undefined ? [] : [{ epoch, step, value: decodeFloat(value) }];
  });
}

/** Measures whose value over some steps is a mean over them; others, such as the area under a curve, cannot be taken apart. */
const MEANS = /loss|accuracy|error|entropy|^m[as]e$/i;

/** So many means over some steps make up a training curve: more would be noise. */
const RESOLUTION = 250;

/** Each epoch's running mean begins anew, which would draw a cliff there: the curve shows means over equally many steps instead. */
function localMeans(running: readonly RunningMean[], width: number): RunningMean[] {
  const means: RunningMean[] = [];
  let start: RunningMean | undefined;
  running.forEach((record, index) => {
    if (start?.epoch !== record.epoch) start = { epoch: record.epoch, step: 0, value: 0 };
    const isLast = running[index + 1]?.epoch !== record.epoch;
    if (record.step - start.step < width && !(isLast && start.step === 0)) return;
    means.push({ ...record, value: (record.value * record.step - start.value * start.step) / (record.step - start.step) });
    start = record;
  });
  return means;
}

/** A value that is not finite leaves a gap in the curve; the diagnosis below says so in words. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The epoch to mark as the best: what the trainer says, or so far the lowest validation loss. */
export function bestEpoch(run: ShownRun): number | null {
  const told = run.end?.best ?? null;
  if (told !== null) return told.epoch;
  let best: { epoch: number; loss: number } | null = null;
  for (const { epoch, valLoss } of run.epochEvents) {
    const loss = valLoss === null ? Number.NaN : decodeFloat(valLoss);
    if (Number.isFinite(loss) && (best === null || loss < best.loss)) best = { epoch, loss };
  }
  return best?.epoch ?? null;
}
