import type { CallMistake } from "../../../nn/errors";
import type { Frame, Proposal } from "../../evaluation";
import { safeProposal } from "./edits";

/** Ways to write a call in the form that it wants. */
export function correcting(mistake: CallMistake, frames: Frame[]): Proposal[] {
  switch (mistake.kind) {
    case "uncalled":
      return [safeProposal("Call it", { kind: "append", frames, path: [...mistake.path], text: "()" })];
    case "layer":
      return [safeProposal(`Change it to ${mistake.meant}`, { kind: "replace", frames, text: mistake.meant })];
    case "name":
    case "member": {
      const { kind, written: word, meant: text } = mistake;
      const imports = /^(?!(true|false|undefined)$)[a-z]\w*/i.exec(text)?.[0];
      const title = word === text ? `Import ${text}` : `Change ${word} to ${text}`;
      return [safeProposal(title, { kind: kind === "name" ? "rename" : "member", frames, word, text, imports })];
    }
  }
}
