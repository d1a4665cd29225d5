import type { Layer } from "./layer";
import type { NamedMainArgument } from "./mainArguments";
import type { UnnamedOption } from "./wrongOptions";

export interface Misspelling {
  readonly written: string;
  readonly nearest: string | undefined;
}

/** What is wrong with the form of a call, for whoever offers to put it right. */
export type CallMistake =
  /** An argument is a function that ought to be called; the path leads to it. */
  | { readonly kind: "uncalled"; readonly path: readonly (string | number)[] }
  /** The arguments belong into another form; `pieces` are texts, and places of the arguments that were given: none where they cannot be arranged. */
  | {
      readonly kind: "arguments";
      readonly title: string;
      readonly pieces: readonly (string | number)[];
      /** Leads to an element that has to go. */
      readonly removes?: readonly number[] | undefined;
      /** The text of an option that has to be set. */
      readonly inputShape?: string | undefined;
      /** The input that becomes this option. */
      readonly input?: Layer | undefined;
    }
  /** A sequential model was given an input as a layer; its shape is an option. */
  | { readonly kind: "added-input"; readonly model: Layer; readonly input: Layer; readonly inputShape: string }
  /** An option was forgotten. */
  | { readonly kind: "option"; readonly option: string; readonly text: string }
  /** The argument that the error is about ought to be written so; `text` is what this call's value makes of it. */
  | { readonly kind: "argument"; readonly title: string; readonly text: string }
  /** Something belongs around the argument that the error is about. */
  | { readonly kind: "bare"; readonly title: string; readonly before: string; readonly after: string }
  /** Main arguments were written as options. */
  | { readonly kind: "named-arguments"; readonly options: readonly NamedMainArgument[] }
  /** An option was given by position, or assigned as Python's keyword arguments are. */
  | ({ readonly kind: "unnamed-option" } & UnnamedOption)
  /** The arguments are meant as one list. */
  | { readonly kind: "unlisted" }
  /** A name that does not exist stands for another: `Dense` for `layers.dense`. */
  | { readonly kind: "name"; readonly written: string; readonly meant: string }
  /** The call makes another layer under a name that does not exist: `layers.sigmoid()` for `layers.activation("sigmoid")`. */
  | { readonly kind: "layer"; readonly written: string; readonly meant: string }
  /** A name in a namespace stands for something that is not in it: `activations.relu` for `"relu"`. */
  | { readonly kind: "member"; readonly written: string; readonly meant: string };

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
  /** The word that is no name here, and the nearest that is. */
  misspelling: Misspelling | undefined;
  mistake: CallMistake | undefined;

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
