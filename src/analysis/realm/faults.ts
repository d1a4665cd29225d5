import { ModelError } from "../../nn/errors";
import type { Finding } from "../evaluation";
import { modelFrames } from "./stackTraces";

const faults: Finding[] = [];

/** Checks and readers of Layerwise's own that failed, each by its name. */
export function internalFaults(): readonly Finding[] {
  return faults;
}

/** Runs a reader of Layerwise's own. Where it fails, that is noted, and all that others read stands. */
export function contained<T>(reader: string, body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    noteFault(reader, error);
    return undefined;
  }
}

export function noteFault(reader: string, error: unknown): void {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `Layerwise failed inside while it looked at this file (${reader}: ${reason}). What else is shown stands; what this check would have found is missing. Please report it, with the file.`;
  const frames = error instanceof Error ? modelFrames(error) : [];
  faults.push({ code: "evaluation-crashed", message, severity: "warning", layerFrames: null, frames, inOwnLayer: false });
}

/** Whether an error is the model's: what it is refused for, or arose in its own code, which Layerwise called. */
export function isOfModel(error: unknown): boolean {
  return !(error instanceof Error) || error instanceof ModelError || modelFrames(error).length > 0;
}
