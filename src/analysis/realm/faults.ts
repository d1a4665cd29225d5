import { ModelError } from "../../nn/errors";
import type { Finding } from "../evaluation";
import { modelFrames } from "./stackTraces";

interface Fault {
  readonly reader: string;
  readonly error: unknown;
}

const faults: Fault[] = [];

/** What is said of checks and readers of Layerwise's own that failed, all together: one cause may make many fail. */
export function internalFaults(): Finding[] {
  const [first] = faults;
  if (first === undefined) return [];
  const failed = faults.map(({ reader, error }) => `${reader}: ${reasonOf(error)}`).join("; ");
  const message = `Layerwise failed inside while it looked at this file (${failed}). What else is shown stands; what this would have found is missing. Please report it, with the file.`;
  const frames = first.error instanceof Error ? modelFrames(first.error) : [];
  return [{ code: "evaluation-crashed", message, severity: "warning", layerFrames: null, frames, inOwnLayer: false }];
}

/**
 * Runs a check or a reader of Layerwise's own. Where it fails, that is noted, and all else stands. What the model's own objects throw when they
 * are asked is not a fault.
 */
export function contained<T>(reader: string, body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (!isOfModel(error)) faults.push({ reader, error });
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Whether an error is the model's: what it is refused for, or arose in its own code, which Layerwise called. */
function isOfModel(error: unknown): boolean {
  return !(error instanceof Error) || error instanceof ModelError || modelFrames(error).length > 0;
}
