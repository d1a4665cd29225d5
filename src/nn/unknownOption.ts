import { ModelError } from "./errors";
import { kerasCounterpart } from "./kerasOptions";
import type { Layer } from "./layer";
import { nearestName } from "./lookup";

/** An option that does not exist, with the nearest that does, or with what a Keras option became. */
export function unknownOption(owner: string, option: string, known: readonly string[], layer?: Layer): ModelError {
  const counterpart = kerasCounterpart(owner, option, known);
  const nearest = counterpart === undefined ? nearestName(option, known) : counterpart.option;
  const guess = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  const advice = counterpart?.advice ?? `${guess} Its options: ${known.join(", ")}.`.trimStart();
  const message = `${owner} has no option ${option}. ${advice}`;
  const error = new ModelError("unknown-name", message, layer);
  error.misspelling = { written: option, nearest };
  return error;
}
