import { inSentence, show } from "../../../nn/arguments";
import type { CallMistake } from "../../../nn/errors";
import type { NamedMainArgument } from "../../../nn/mainArguments";
import type { UnnamedOption } from "../../../nn/wrongOptions";
import type { ArgumentPath, Frame, Proposal, ProposedEdit } from "../../evaluation";
import { proposal, remove, safeProposal, set } from "./edits";

/** Ways to write a call in the form that it wants. @param argument What the mistake is about, where that is one argument. */
export function correcting(mistake: CallMistake, frames: Frame[], argument?: ArgumentPath): Proposal[] {
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
    case "argument":
      return argument === undefined ? [] : [proposal(mistake.title, { kind: "set", frames, path: argument, text: mistake.text })];
    case "bare": {
      const { title, before, after } = mistake;
      return argument === undefined ? [] : [safeProposal(title, { kind: "wrap", frames, path: argument, before, after })];
    }
    case "named-arguments":
      return [unnaming(mistake.options, frames)];
    case "unnamed-option":
      return naming(mistake, frames);
    case "unlisted":
      return [safeProposal("Make one list of them", { kind: "listArguments", frames })];
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

function unnaming(options: readonly NamedMainArgument[], frames: Frame[]): Proposal {
  const names = inSentence(options.map(({ option }) => option));
  const title = `Write ${names} first, without ${options.length > 1 ? "their names" : "its name"}`;
  return safeProposal(title, { kind: "unname", frames, options: [...options] });
}

function naming({ name, value, position }: UnnamedOption, frames: Frame[]): Proposal[] {
  const assigned = safeProposal("Write name: value instead of name = value", { kind: "nameAssigned", frames, position });
  if (name === undefined) return [assigned];
  const text = `{ ${name}: ${show(value)} }`;
  return [
    assigned,
    safeProposal(`Write ${text}`, { kind: "wrap", frames, path: [position], before: `{ ${name}: `, after: " }" }),
  ];
}

type Arguments = Extract<CallMistake, { kind: "arguments" }>;

function rearranging({ title, pieces, inputShape, removes }: Arguments, frames: Frame[]): Proposal[] {
  const edits: ProposedEdit[] = [];
  if (pieces.length > 0) edits.push({ kind: "arrange", frames, pieces: [...pieces] });
  if (inputShape !== undefined) edits.push({ kind: "set", frames, path: ["inputShape"], text: inputShape });
  if (removes !== undefined) edits.push({ kind: "removeElement", frames, path: [...removes] });
  return edits.length === 0 ? [] : [safeProposal(title, ...edits)];
}
