import * as z from "zod/mini";
import { decodeFloat, encodeFloat, Float } from "../../protocol";
import { TrainingError } from "../errors";

type Mode = "auto" | "min" | "max";

/** Metrics that grow as a model gets better. */
const GROWING = /acc|auc|precision|recall|f1|fbeta|r2|iou|cosineSimilarity|true|hits|sensitivity|specificity/i;
/** Metrics that shrink. */
const SHRINKING = /loss|error|entropy|hinge|divergence|poisson|logcosh|false/i;

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
    this.grows = mode === "auto" ? growsByName(name) : mode === "max";
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
  if (available.includes(asked)) return asked;
  const remedy =
    asked.startsWith("val") && !available.includes("valLoss")
      ? "Add .split({ validation: 0.2 }) to the data"
      : "Add it to metrics";
  throw new TrainingError(
    `callbacks.${callback} monitors "${asked}", which is not measured: there are ${available.join(", ")}. ${remedy}, or monitor one of these.`,
  );
}

function growsByName(name: string): boolean {
  if (SHRINKING.test(name)) return false;
  if (GROWING.test(name)) return true;
  throw new TrainingError(
    `Whether "${name}" should grow or shrink cannot be told from its name. Set mode: "max" or mode: "min".`,
  );
}
