import { activationNames } from "../../nn/activations";
import { declarations } from "../../nn/declarations";
import { ModelError } from "../../nn/errors";
import { isSameName } from "../../nn/lookup";

/**
 * Notes a name that does not exist. Every place counts, for each is to be put right; a call that stands in a loop becomes one diagnostic.
 */
export function noteUnknownName(message: string, written: string, nearest: string | undefined): ModelError {
  const error = new ModelError("unknown-name", message);
  error.misspelling = { written, nearest };
  declarations().errors.push(error);
  return error;
}

/** The name of an activation that takes no parameters; in other libraries it is a function. */
export function activationCalled(name: string): string | undefined {
  return activationNames.find((known) => isSameName(known, name));
}
