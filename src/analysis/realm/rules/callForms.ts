import type { CallMistake } from "../../../nn/errors";
import type { Frame, Proposal } from "../../evaluation";
import { safeProposal } from "./edits";

/** Ways to write a call in the form that it wants. */
export function correcting(mistake: CallMistake, frames: Frame[]): Proposal[] {
  switch (mistake.kind) {
    case "uncalled":
      return [safeProposal("Call it", { kind: "append", frames, path: [...mistake.path], text: "()" })];
  }
}
