import { Plan } from "../../../dsl/plan";
import type { Layer } from "../../../nn/layer";
import type { NamedMainArgument } from "../../../nn/mainArguments";
import type { ArgumentPath, Frame, Proposal, ProposedEdit } from "../../evaluation";
import { layerFrames } from "../frames";
import { modelFrames } from "../stackTraces";

/** Where the call stands that made a layer, a model or a plan. */
export function framesOf(subject: Layer | Plan): Frame[] {
  return subject instanceof Plan ? modelFrames(subject.origin) : layerFrames(subject);
}

export function set(subject: Layer | Plan, path: Readonly<ArgumentPath>, text: string): ProposedEdit {
  return { kind: "set", frames: framesOf(subject), path: [...path], text };
}

export function append(subject: Layer | Plan, path: Readonly<ArgumentPath>, text: string): ProposedEdit {
  return { kind: "append", frames: framesOf(subject), path: [...path], text };
}

export function insertBefore(layer: Layer, text: string): ProposedEdit {
  return { kind: "insertBefore", frames: framesOf(layer), text };
}

export function replace(layer: Layer, text: string): ProposedEdit {
  return { kind: "replace", frames: framesOf(layer), text };
}

export function unname(layer: Layer, options: readonly NamedMainArgument[]): ProposedEdit {
  return { kind: "unname", frames: framesOf(layer), options: [...options] };
}

export function nameAssigned(layer: Layer, position: number): ProposedEdit {
  return { kind: "nameAssigned", frames: framesOf(layer), position };
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
