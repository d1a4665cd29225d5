import { encodeFloat, type Float } from "../../protocol";
import { validationName } from "../../dsl/measuredNames";

/** What an epoch came to, by name: `loss`, `accuracy`, and with validation data `valLoss`, `valAccuracy`. */
export type Logs = ReadonlyMap<string, number>;

export function joinLogs(training: Logs, validation: Logs | undefined): Logs {
  const validationEntries = [...(validation ?? [])].map(([name, value]) => [validationName(name), value] as const);
  return new Map([...training, ...validationEntries]);
}

/** Everything but the losses that have a field of their own. */
export function metricValues(names: readonly string[], values: readonly number[]): Record<string, Float> {
  const entries = names.map((name, index) => [name, encodeFloat(values[index] ?? Number.NaN)] as const);
  return Object.fromEntries(entries.filter(([name]) => name !== "loss" && name !== "valLoss"));
}
