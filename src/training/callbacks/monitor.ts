import * as z from "zod/mini";
import { growsByName, unknownDirection, unmeasuredName } from "../../dsl/monitoring";
import { decodeFloat, encodeFloat, Float } from "../../protocol";
import { TrainingError } from "../errors";

type Mode = "auto" | "min" | "max";

/** What a {@link Monitor} knows: the best value so far. */
export const MonitorState = z.nullable(Float);
export type MonitorState = z.infer<typeof MonitorState>;

/** A monitored value, and when a new one is better: Keras's `MonitorCallback`. */
export class Monitor {
  private readonly grows: boolean;
  best: number | undefined;

  constructor(
    readonly name: string,
    mode: Mode = "auto",
    private readonly minDelta = 0,
  ) {
    this.grows = mode === "auto" ? requireDirection(name) : mode === "max";
  }

  get state(): MonitorState {
    return this.best === undefined ? null : encodeFloat(this.best);
  }

  restore(state: MonitorState): void {
    this.best = state === null ? undefined : decodeFloat(state);
  }

  /** Notes a value. Whether it is better than the best so far by more than `minDelta`. */
  improves(value: number): boolean {
    const delta = this.grows ? this.minDelta : -this.minDelta;
    const better = this.best === undefined || (this.grows ? value - delta > this.best : value - delta < this.best);
    if (better && !Number.isNaN(value)) this.best = value;
    return better && !Number.isNaN(value);
  }
}

/**
 * The name to monitor: the one asked for, by default the validation loss, without validation data the loss.
 *
 * @throws TrainingError where there is no such value.
 */
export function monitoredName(callback: string, asked: string | undefined, available: readonly string[]): string {
  if (asked === undefined) return available.includes("valLoss") ? "valLoss" : "loss";
  const problem = unmeasuredName(callback, asked, available);
  if (problem !== undefined) throw new TrainingError(problem.message);
  return asked;
}

function requireDirection(name: string): boolean {
  const grows = growsByName(name);
  if (grows === undefined) throw new TrainingError(unknownDirection(name));
  return grows;
}
