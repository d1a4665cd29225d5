import type { Fix } from "../../../protocol";
import type { Proposal, ProposedEdit } from "../../evaluation";
import { findArgument } from "../arguments";
import { findWordAt, type Locator, type Site } from "../locator";
import type { CallSite, Syntax } from "../syntax";
import { appendToArgument, setArgument, wrapArgument } from "./argumentEdits";
import { arrangeArguments } from "./arrangement";
import { insertLayer, removal, removeLayer, replaceLayer } from "./layerEdits";
import { listArguments } from "./listArguments";
import { nameAssignedOptions } from "./nameAssignedOptions";
import { unnameOptions } from "./unnameOptions";
import { renameAll, replaceMember } from "./nameEdits";
import { applyEdits, type TextEdit } from "./textEdits";

/** A proposal as changes of texts. */
export interface ResolvedProposal {
  readonly edits: Fix["edits"];
  /** The changed texts by path. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Null where a call is not written so that the change has a place: in a helper function, from a spread list, … */
export function resolveProposal({ edits }: Proposal, locator: Locator): ResolvedProposal | null {
  const byFile = new Map<string, { syntax: Syntax; edits: Map<string, TextEdit> }>();
  for (const edit of edits) {
    const site = locator.siteAt(edit.frames);
    if (site === null || site.syntax === undefined) return null;
    const textEdits = resolveEdit(edit, site, site.syntax);
    if (textEdits === null) return null;
    const { file } = site.position;
    const change = byFile.get(file) ?? { syntax: site.syntax, edits: new Map<string, TextEdit>() };
    byFile.set(file, change);
    // The layers that a helper or a loop makes have one call: what it is changed to is written once.
    for (const { start, end, text } of textEdits) change.edits.set(`${start}:${end}:${text}`, { start, end, text });
  }
  return {
    edits: [...byFile].flatMap(([file, { syntax, edits: textEdits }]) =>
      [...textEdits.values()].map(({ start, end, text }) => ({ file, range: syntax.rangeBetween(start, end), newText: text })),
    ),
    texts: Object.fromEntries(
      [...byFile].map(([file, change]) => [file, applyEdits(change.syntax.text, [...change.edits.values()])]),
    ),
  };
}

function resolveEdit(edit: ProposedEdit, site: Site, syntax: Syntax): TextEdit[] | null {
  switch (edit.kind) {
    case "respell":
      return respell(site, edit.word, edit.text);
    case "rename":
      return renameAll(syntax, edit);
    case "member": {
      const property = findWordAt(site, edit.word);
      return property === undefined ? null : replaceMember(syntax, property, edit);
    }
    default:
      return site.call === null ? null : resolveCallEdit(edit, syntax, site.call);
  }
}

type NameEdit = Extract<ProposedEdit, { kind: "respell" | "rename" | "member" }>;

function resolveCallEdit(edit: Exclude<ProposedEdit, NameEdit>, syntax: Syntax, site: CallSite): TextEdit[] | null {
  switch (edit.kind) {
    case "set":
      return listOf(setArgument(syntax, site.call, edit.path, edit.text));
    case "wrap":
      return wrapArgument(syntax, site.call, edit);
    case "append":
      return listOf(appendToArgument(syntax, site.call, edit.path, edit.text));
    case "unname":
      return listOf(unnameOptions(syntax, site.call, edit.options));
    case "nameAssigned":
      return listOf(nameAssignedOptions(syntax, site.call, edit.position));
    case "arrange":
      return arrangeArguments(syntax, site.call, edit.pieces);
    case "removeElement": {
      const { node, depth } = findArgument(syntax, site.call, edit.path);
      return depth < edit.path.length ? null : [removal(syntax.text, node, ",")];
    }
    case "listArguments":
      return listOf(listArguments(syntax, site.whole));
    case "insertBefore":
      return insertLayer(syntax, site, edit.text);
    case "replace":
      return replaceLayer(syntax, site, edit.text);
    case "remove":
      return removeLayer(syntax, site);
  }
}

function respell(site: Site, word: string, text: string): TextEdit[] | null {
  const node = findWordAt(site, word);
  if (node === undefined) return null;
  const quote = node.type === "StringLiteral" ? 1 : 0;
  return [{ start: node.start + quote, end: node.end - quote, text }];
}

function listOf(edit: TextEdit | null): TextEdit[] | null {
  return edit === null ? null : [edit];
}
