import type { ArgumentPath } from "../evaluation";
import { isNode, type Syntax, type SyntaxNode } from "./syntax";

export interface FoundArgument {
  /** The argument, or the last node on the way to it that is there. */
  readonly node: SyntaxNode;
  /** How many steps of the path were found. */
  readonly depth: number;
}

/** Goes from a call along a path to one of its arguments. Names declared in the same file are followed on the way. */
export function findArgument(syntax: Syntax, call: SyntaxNode, path: ArgumentPath): FoundArgument {
  let found: FoundArgument = { node: call, depth: 0 };
  for (const step of path) {
    const node = takeStep(syntax, found.node, step);
    if (node === undefined) break;
    found = { node, depth: found.depth + 1 };
  }
  return found;
}

/** The object whose properties are a call's options, or the object itself. */
export function optionsOf(syntax: Syntax, node: SyntaxNode): SyntaxNode | undefined {
  const plain = follow(syntax, node);
  if (plain.type === "ObjectExpression") return plain;
  return argumentsOf(plain)
    .map((argument) => follow(syntax, argument))
    .findLast(({ type }) => type === "ObjectExpression");
}

export function propertyOf(object: SyntaxNode, name: string): SyntaxNode | undefined {
  const properties = nodesOf(object["properties"]);
  return properties.find((property) => property.type === "ObjectProperty" && keyOf(property) === name);
}

export function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  return nodesOf(call["arguments"]);
}

/** The nodes of a list; holes are left out. */
export function nodesOf(list: unknown): SyntaxNode[] {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/** What stands behind a type assertion, and what a name was declared as. */
export function follow(syntax: Syntax, node: SyntaxNode): SyntaxNode {
  const plain = withoutAssertion(node);
  if (plain !== node) return follow(syntax, plain);
  const declared = node.type === "Identifier" ? syntax.declared(String(node["name"])) : undefined;
  return declared === undefined || declared.type === "Identifier" ? node : declared;
}

/** What stands behind `as …`, `satisfies …` and `!`. */
export function withoutAssertion(node: SyntaxNode): SyntaxNode {
  const { expression } = node;
  return /^TS(As|Satisfies|NonNull)Expression$/.test(node.type) && isNode(expression) ? withoutAssertion(expression) : node;
}

/** A name in a call, or a text that is this word alone. */
export function findWord(node: SyntaxNode, word: string): SyntaxNode | undefined {
  if (node.type === "StringLiteral" ? node["value"] === word : node.type === "Identifier" && node["name"] === word) return node;
  for (const part of Object.values(node).flat()) {
    const found = isNode(part) ? findWord(part, word) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function takeStep(syntax: Syntax, node: SyntaxNode, step: string | number): SyntaxNode | undefined {
  if (typeof step === "string") {
    const options = optionsOf(syntax, node);
    const value = options === undefined ? undefined : propertyOf(options, step)?.["value"];
    return isNode(value) ? value : undefined;
  }
  const plain = follow(syntax, node);
  return plain.type === "ArrayExpression" ? nodesOf(plain["elements"])[step] : argumentsOf(plain)[step];
}

function keyOf({ key, computed }: SyntaxNode): string | undefined {
  if (!isNode(key) || computed === true) return undefined;
  return key.type === "StringLiteral" ? String(key["value"]) : key.type === "Identifier" ? String(key["name"]) : undefined;
}
