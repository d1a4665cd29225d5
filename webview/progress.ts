import type { ShownRun } from "../src/protocol/monitor";

/** How far a run has come. */
export interface Progress {
  readonly epoch: number;
  readonly step: number;
  /** From 0 to 1 over all epochs; null before the run has started. */
  readonly share: number | null;
  readonly msPerStep: number | null;
  readonly secondsLeft: number | null;
}

export function progressOf(run: ShownRun): Progress {
  const last = run.stepRecords.at(-1);
  const epochs = run.epochEvents.at(-1)?.epoch ?? 0;
  // After an epoch's end no step of the next one has been told yet.
  const epoch = Math.max(last?.epoch ?? 0, epochs);
  const step = last !== undefined && last.epoch > epochs ? last.step : epochs > 0 ? (run.steps ?? 0) : 0;
  if (run.steps === null || run.epochs === null) return { epoch, step, share: null, msPerStep: null, secondsLeft: null };
  const done = Math.max(0, epoch - 1) * run.steps + step;
  const total = run.steps * run.epochs;
  const msPerStep = last?.msPerStep ?? null;
  return {
    epoch,
    step,
    share: total === 0 ? 0 : done / total,
    msPerStep,
    secondsLeft: msPerStep === null || run.end !== null ? null : ((total - done) * msPerStep) / 1000,
  };
}
