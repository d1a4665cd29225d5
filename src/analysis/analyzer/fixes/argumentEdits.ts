import type { ArgumentPath } from "../../evaluation";
import { argumentsOf, findArgument, nodesOf, optionsOf, propertyOf } from "../arguments";
import type { Syntax, SyntaxNode } from "../syntax";
import { isBlank, lineBefore, lineBreakOf, type TextEdit } from "./textEdits";

/** Gives an argument of a call another value, or adds it in the file's own layout; null where there is no place for it. */
export function setArgument(syntax: Syntax, call: SyntaxNode, path: ArgumentPath, text: string): TextEdit | null {
  const last = path.at(-1);
  const { node: container, depth } = findArgument(syntax, call, path.slice(0, -1));
  if (last === undefined || depth < path.length - 1) return null;
  return typeof last === "string" ? setOption(syntax, container, last, text) : setPosition(syntax, container, last, text);
}

interface Wrapping {
  readonly path: ArgumentPath;
  readonly before: string;
  readonly after: string;
}

/** Writes around an argument; null where another follows it in the call. */
export function wrapArgument(syntax: Syntax, call: SyntaxNode, { path, before, after }: Wrapping): TextEdit[] | null {
  const { node, depth } = findArgument(syntax, call, path);
  const isLast = path.length > 1 || argumentsOf(call).at(-1) === node;
  const isWhole = node.type !== "AssignmentExpression" && syntax.parentOf(node)?.["shorthand"] !== true;
  if (depth < path.length || !isLast || !isWhole) return null;
  return [
    { start: node.start, end: node.start, text: before },
    { start: node.end, end: node.end, text: after },
  ];
}

/** Writes on behind an argument. */
export function appendToArgument(syntax: Syntax, call: SyntaxNode, path: ArgumentPath, text: string): TextEdit | null {
  const { node, depth } = findArgument(syntax, call, path);
  if (depth < path.length || !/^(CallExpression|Identifier|MemberExpression)$/.test(node.type)) return null;
  const isShorthand = syntax.parentOf(node)?.["shorthand"] === true;
  const name = syntax.text.slice(node.start, node.end);
  return isShorthand ? { start: node.end, end: node.end, text: `: ${name}${text}` } : { start: node.end, end: node.end, text };
}

function setPosition(syntax: Syntax, container: SyntaxNode, position: number, text: string): TextEdit | null {
  const given = findArgument(syntax, container, [position]);
  if (given.depth === 1) {
    const { start, end, type } = given.node;
    return type === "ObjectExpression" ? null : { start, end, text };
  }
  const positions = argumentsOf(container);
  if (!isCall(container) || positions.length !== position) return null;
  return addArgument(container, positions, text);
}

function setOption(syntax: Syntax, container: SyntaxNode, name: string, text: string): TextEdit | null {
  const options = optionsOf(syntax, container);
  if (options === undefined) {
    return isCall(container) ? addArgument(container, argumentsOf(container), `{ ${name}: ${text} }`) : null;
  }
  const property = propertyOf(options, name);
  if (property === undefined) return addProperty(syntax.text, options, `${name}: ${text}`);
  return { start: property.start, end: property.end, text: `${syntax.text.slice(property.start, endOfKey(property))}: ${text}` };
}

function endOfKey({ key, end }: SyntaxNode): number {
  return (key as SyntaxNode | undefined)?.end ?? end;
}

function addArgument(call: SyntaxNode, given: readonly SyntaxNode[], text: string): TextEdit {
  const last = given.at(-1);
  const offset = last?.end ?? call.end - 1;
  return { start: offset, end: offset, text: last === undefined ? text : `, ${text}` };
}

function addProperty(text: string, object: SyntaxNode, property: string): TextEdit {
  const last = nodesOf(object["properties"]).at(-1);
  if (last === undefined) return { start: object.start, end: object.end, text: `{ ${property} }` };
  const indentation = lineBefore(text, last.start);
  if (!isBlank(indentation)) return { start: last.end, end: last.end, text: `, ${property}` };
  const comma = /^\s*,/.exec(text.slice(last.end, object.end))?.[0] ?? "";
  const offset = last.end + comma.length;
  const line = `${lineBreakOf(text)}${indentation}${property}`;
  return { start: offset, end: offset, text: comma === "" ? `,${line}` : `${line},` };
}

function isCall({ type }: SyntaxNode): boolean {
  return type === "CallExpression" || type === "NewExpression";
}
