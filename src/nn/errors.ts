import type { Layer } from "./layer";
import type { NamedMainArgument } from "./mainArguments";
import type { UnnamedOption } from "./wrongOptions";

export interface Misspelling {
  readonly written: string;
  readonly nearest: string | undefined;
}

/** What is wrong with a model, in words for the person who wrote it. `code` is stable: it is documented and can be switched off. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  /** The layer at whose call site the error is shown. */
  layer: Layer | undefined;
  /** Where an error of no layer is shown: its stack leads there (a plan's is its `train(` line). */
  origin: Error | undefined;
  /** The argument that it is about, as the documentation names it: `units`, `kernelSize`, `padding`. */
  argument: string | undefined;
  /** Where the argument has no name: positions and options that lead to it from the call. */
  argumentPath: readonly (string | number)[] | undefined;
  /** Main arguments that were written as options of the call. */
  namedMainArguments: readonly NamedMainArgument[] | undefined;
  /** What was given by position and is an option. */
  unnamedOption: UnnamedOption | undefined;
  /** Whether it is about a call whose arguments are meant as one list. */
  isUnlistedCall = false;
  /** The word that is no name here, and the nearest that is. */
  misspelling: Misspelling | undefined;

  constructor(
    readonly code: ModelErrorCode,
    message: string,
    layer?: Layer,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.layer = layer;
  }
}

export type ModelErrorCode =
  | "shape-mismatch"
  | "merge-shape-mismatch"
  | "kernel-larger-than-input"
  | "missing-input-shape"
  | "invalid-argument"
  | "unknown-name"
  | "duplicate-name"
  | "disconnected-graph"
  | "layer-call-failed";
