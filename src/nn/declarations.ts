import type { ModelError } from "./errors";
import type { Layer } from "./layer";
import type { Model } from "./model";
import { AutomaticNames } from "./naming";

/**
 * Everything one evaluation of a model file declares, in order. The analyzer evaluates each file in a realm of its own and the trainer
 * in a process of its own, so that one collection per module instance is one per evaluation.
 */
export class Declarations {
  readonly names = new AutomaticNames();
  readonly layers: Layer[] = [];
  readonly models: Model[] = [];
  readonly errors: ModelError[] = [];
  /** Analysis goes on after a model error, so that the other layers keep their numbers; training stops at the first. */
  tolerant = false;

  /** Throws, or in a tolerant evaluation notes the error and returns. */
  report(error: ModelError): void {
    if (!this.tolerant) throw error;
    const known = this.errors.some(({ message, layer }) => message === error.message && layer === error.layer);
    if (!known) this.errors.push(error);
  }
}

let current = new Declarations();

export function declarations(): Declarations {
  return current;
}

/** Starts names and collections anew: for a process that evaluates several files in one realm (tests). */
export function resetDeclarations(options: { tolerant?: boolean } = {}): Declarations {
  current = new Declarations();
  current.tolerant = options.tolerant ?? false;
  return current;
}
