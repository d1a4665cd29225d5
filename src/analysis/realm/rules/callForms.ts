import type { CallMistake } from "../../../nn/errors";
import type { Frame, Proposal, ProposedEdit } from "../../evaluation";
import { remove, safeProposal, set } from "./edits";

/** Ways to write a call in the form that it wants. */
export function correcting(mistake: CallMistake, frames: Frame[]): Proposal[] {
  switch (mistake.kind) {
    case "uncalled":
      return [safeProposal("Call it", { kind: "append", frames, path: [...mistake.path], text: "()" })];
    case "added-input": {
      const { model, input, inputShape } = mistake;
      const title = `Set inputShape to ${inputShape} instead`;
      return [safeProposal(title, set(model, ["inputShape"], inputShape), remove(input))];
    }
    case "option": {
      const { option, text } = mistake;
      return [safeProposal(`Set ${option} to ${text}`, { kind: "set", frames, path: [option], text })];
    }
    case "arguments":
      return rearranging(mistake, frames);
    case "layer":
      return [safeProposal(`Change it to ${mistake.meant}`, { kind: "replace", frames, text: mistake.meant })];
    case "name":
    case "member": {
      const { kind, written: word, meant: text } = mistake;
      const imports = /^(?!(true|false|undefined)$)[a-z]\w*/i.exec(text)?.[0];
      const alone = kind === "name" ? `Import ${text}` : `Write ${text} by itself`;
      const title = word === text ? alone : `Change ${word} to ${text}`;
      return [safeProposal(title, { kind: kind === "name" ? "rename" : "member", frames, word, text, imports })];
    }
  }
}

type Arguments = Extract<CallMistake, { kind: "arguments" }>;

function rearranging({ title, pieces, inputShape, removes }: Arguments, frames: Frame[]): Proposal[] {
  const edits: ProposedEdit[] = [];
  if (pieces.length > 0) edits.push({ kind: "arrange", frames, pieces: [...pieces] });
  if (inputShape !== undefined) edits.push({ kind: "set", frames, path: ["inputShape"], text: inputShape });
  if (removes !== undefined) edits.push({ kind: "removeElement", frames, path: [...removes] });
  return edits.length === 0 ? [] : [safeProposal(title, ...edits)];
}
