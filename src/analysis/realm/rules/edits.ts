import type { DataSet } from "../../../dsl/data";
import type { Plan } from "../../../dsl/plan";
import { Layer } from "../../../nn/layer";
import type { ArgumentPath, Frame, Proposal, ProposedEdit } from "../../evaluation";
import { layerFrames } from "../frames";
import { modelFrames } from "../stackTraces";

/** Where the call stands that made a layer, a model, a plan or a data set. */
export function framesOf(subject: Layer | Plan | DataSet): Frame[] {
  return subject instanceof Layer ? layerFrames(subject) : modelFrames(subject.origin);
}

export function set(subject: Layer | Plan | DataSet, path: Readonly<ArgumentPath>, text: string): ProposedEdit {
  return { kind: "set", frames: framesOf(subject), path: [...path], text };
}

export function append(subject: Layer | Plan, path: Readonly<ArgumentPath>, text: string): ProposedEdit {
  return { kind: "append", frames: framesOf(subject), path: [...path], text };
}

export function respell(subject: Layer | Plan | DataSet, word: string, text: string): ProposedEdit {
  return { kind: "respell", frames: framesOf(subject), word, text };
}

export function insertBefore(layer: Layer, text: string): ProposedEdit {
  return { kind: "insertBefore", frames: framesOf(layer), text };
}

export function replace(layer: Layer, text: string): ProposedEdit {
  return { kind: "replace", frames: framesOf(layer), text };
}

export function remove(layer: Layer): ProposedEdit {
  return { kind: "remove", frames: framesOf(layer) };
}

/** A correction that is a matter of taste, or one of several. */
export function proposal(title: string, ...edits: readonly ProposedEdit[]): Proposal {
  return { title, edits: [...edits], safe: false };
}

/** A correction that the rest of the file already says: it may be applied unseen. */
export function safeProposal(title: string, ...edits: readonly ProposedEdit[]): Proposal {
  return { title, edits: [...edits], safe: true };
}
