import { nodesOf } from "../arguments";
import { isNode, type Syntax, type SyntaxNode } from "../syntax";
import { removal } from "./layerEdits";
import { lineBreakOf, type TextEdit } from "./textEdits";

const MODULE = "layerwise";

/** A new name, and what it needs from the library. */
export interface NewName {
  readonly word: string;
  readonly text: string;
  readonly imports?: string | undefined;
}

/** Writes a name otherwise wherever it is used or imported. */
export function renameAll(syntax: Syntax, { word, text, imports }: NewName): TextEdit[] | null {
  const named = syntax.named(word);
  const own = named.find((name) => isNode(syntax.parentOf(name)) && syntax.parentOf(name)?.type === "ImportSpecifier");
  const uses = text === word ? [] : named.filter((name) => name !== own && isUse(syntax, name));
  const edits = uses.map((name) => ({ start: name.start, end: name.end, text: inItsPlace(syntax, name, text) }));
  const specifier = own === undefined ? undefined : syntax.parentOf(own);
  if (own === undefined && uses.length === 0 && text !== word) return asMembers(syntax, named, text);
  if (own === undefined || specifier === undefined) return [...edits, ...importing(syntax, imports)];
  if (isAliased(specifier)) return text === imports ? [{ start: own.start, end: own.end, text }] : null;
  const isImported = imports === undefined || isImportedAlready(syntax, imports);
  return [
    ...edits,
    isImported ? removal(syntax.text, specifier, ",") : { start: specifier.start, end: specifier.end, text: imports },
  ];
}

/** Puts something in the place of `namespace.word`. */
export function replaceMember(syntax: Syntax, property: SyntaxNode, { text, imports }: NewName): TextEdit[] | null {
  const member = syntax.parentOf(property);
  if (member?.type !== "MemberExpression" || member["property"] !== property) return null;
  return [{ start: member.start, end: member.end, text }, ...importing(syntax, imports)];
}

/** `lw.Sequential`, where the whole library has a name. */
function asMembers(syntax: Syntax, named: readonly SyntaxNode[], text: string): TextEdit[] {
  const members = named.filter((name) => syntax.parentOf(name)?.["property"] === name);
  return members.map(({ start, end }) => ({ start, end, text }));
}

/** `Sequential as S`: the file uses the other name. */
function isAliased({ imported, local }: SyntaxNode): boolean {
  return isNode(imported) && isNode(local) && imported.start !== local.start;
}

/** Imports a name from the library unless it is imported. */
function importing(syntax: Syntax, name: string | undefined): TextEdit[] {
  if (name === undefined || isImportedAlready(syntax, name)) return [];
  const last = specifiersOf(syntax).at(-1);
  if (last !== undefined) return [{ start: last.end, end: last.end, text: `, ${name}` }];
  return [{ start: 0, end: 0, text: `import { ${name} } from "${MODULE}";${lineBreakOf(syntax.text)}` }];
}

function isImportedAlready(syntax: Syntax, name: string): boolean {
  return specifiersOf(syntax).some(({ local }) => isNode(local) && local["name"] === name);
}

function specifiersOf(syntax: Syntax): SyntaxNode[] {
  return syntax
    .importsFrom(MODULE)
    .flatMap(({ specifiers }) => nodesOf(specifiers))
    .filter(({ type }) => type === "ImportSpecifier");
}

/** Whether a name stands for a value, and is not the name of a property or of an option. */
function isUse(syntax: Syntax, name: SyntaxNode): boolean {
  const parent = syntax.parentOf(name);
  if (parent === undefined || parent["computed"] === true) return true;
  if (parent.type === "ObjectProperty") return parent["key"] !== name || parent["shorthand"] === true;
  return parent.type !== "MemberExpression" || parent["property"] !== name;
}

/** `{ dense }` is `{ dense: layers.dense }`. */
function inItsPlace(syntax: Syntax, name: SyntaxNode, text: string): string {
  return syntax.parentOf(name)?.["shorthand"] === true ? `${String(name["name"])}: ${text}` : text;
}
