import { concat, dispose, keep, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { encodeFloat, type StepRecord } from "../../protocol";
import { metricValues } from "./logs";

/** Milliseconds between two readings: reading back makes a step wait for the device. */
const INTERVAL = 50;

/** Collects what the steps report and reads it back at most 20 times a second, all steps since the last time at once. */
export class StepReports {
  private pending: Tensor[] = [];
  private readonly names: readonly string[];
  private since = performance.now();
  private last: readonly number[] = [];

  constructor(
    names: readonly string[],
    private readonly onRecords: (records: readonly StepRecord[]) => void,
  ) {
    this.names = names;
  }

  /** Takes a step's report, which it disposes after reading. */
  add(report: Tensor): void {
    this.pending.push(keep(report));
  }

  get isDue(): boolean {
    return performance.now() - this.since >= INTERVAL;
  }

  /** Starts the clock anew: what came before, such as a validation, is not part of the next steps' time. */
  restart(): void {
    this.since = performance.now();
  }

  /**
   * Reads and hands on the records of the steps up to `step`.
   *
   * @returns The first of them whose loss is not finite.
   */
  flush(epoch: number, step: number): StepRecord | undefined {
    const { pending, names } = this;
    if (pending.length === 0) return undefined;
    const values = tidy(() => concat(pending.map((report) => report)).dataSync());
    const now = performance.now();
    const msPerStep = (now - this.since) / pending.length;
    const records = pending.map((_, index): StepRecord => {
      const row = Array.from(values.subarray(index * names.length, (index + 1) * names.length));
      this.last = row;
      return {
        event: "step",
        epoch,
        step: step - pending.length + 1 + index,
        loss: encodeFloat(row[0] ?? Number.NaN),
        metrics: metricValues(names, row),
        msPerStep,
      };
    });
    dispose(pending);
    this.pending = [];
    this.since = now;
    this.onRecords(records);
    return records.find(({ loss }) => typeof loss === "string");
  }

  /** The values of the last step that was read, in the order of the measures' names. */
  get lastValues(): readonly number[] {
    return this.last;
  }

  /** Takes the values of a step that was read before the run was resumed. */
  restore(values: readonly number[]): void {
    this.last = values;
  }

  /** The same by name. */
  get latest(): ReadonlyMap<string, number> {
    return new Map(this.names.map((name, index) => [name, this.last[index] ?? Number.NaN]));
  }

  dispose(): void {
    dispose(this.pending);
    this.pending = [];
  }
}
