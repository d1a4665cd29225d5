import type { ModelError } from "../../nn/errors";
import type { Proposal } from "../evaluation";
import { errorArgument } from "./modelErrors";
import { modelFrames } from "./stackTraces";

/** The argument as the error itself says that it is written. */
export function correctionsOf(error: ModelError): Proposal[] {
  const { correction, origin } = error;
  const path = errorArgument(error);
  if (correction === undefined || path === undefined) return [];
  const { title, text } = correction;
  return [{ title, edits: [{ kind: "set", frames: modelFrames(origin ?? error), path, text }], safe: true }];
}
