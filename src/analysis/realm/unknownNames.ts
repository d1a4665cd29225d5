import { activationNames } from "../../nn/activations";
import { declarations } from "../../nn/declarations";
import { ModelError } from "../../nn/errors";
import { nearestName } from "../../nn/lookup";

/**
 * Notes a name that does not exist. Every place counts, for each is to be put right; a call that stands in a loop becomes one diagnostic.
 */
export function noteUnknownName(message: string, written: string, nearest: string | undefined): ModelError {
  const error = new ModelError("unknown-name", message);
  error.misspelling = { written, nearest };
  declarations().errors.push(error);
  return error;
}

/** Whether two names differ in case and punctuation alone: `SGD`, `l1_l2`, `fashion_mnist`. */
export function isSameName(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

/** The name of an activation that takes no parameters; in other libraries it is a function. */
export function activationCalled(name: string): string | undefined {
  return activationNames.find((known) => isSameName(known, name));
}

/** The known name that is the same but for case and punctuation, else the nearest. */
export function likelyName(written: string, known: readonly string[]): string | undefined {
  return known.find((name) => isSameName(name, written)) ?? nearestName(written, known);
}

function bare(name: string): string {
  return name.replace(/\W|_/g, "").toLowerCase();
}
