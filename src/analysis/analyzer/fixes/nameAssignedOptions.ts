import { argumentsOf } from "../arguments";
import { isNode, type Syntax, type SyntaxNode } from "../syntax";
import type { TextEdit } from "./textEdits";

/**
 * Makes options of Python's keyword arguments, which assign variables in JavaScript: `(8, 3, use_bias=x)` → `(8, 3, { useBias: x })`.
 *
 * @param position Where the options belong; what is assigned before keeps its place and loses its name.
 */
export function nameAssignedOptions({ text }: Syntax, call: SyntaxNode, position: number): TextEdit | null {
  const given = argumentsOf(call);
  const first = given[0];
  const last = given.at(-1);
  const options = given.slice(position).map((argument) => assignment(text, argument));
  if (first === undefined || last === undefined || options.length === 0) return null;
  if (!options.every((option) => option !== undefined)) return null;
  const main = given
    .slice(0, position)
    .map((argument) => assignment(text, argument)?.value ?? text.slice(argument.start, argument.end));
  const written = options.map(({ name, value }) => `${name}: ${value}`);
  return { start: first.start, end: last.end, text: [...main, `{ ${written.join(", ")} }`].join(", ") };
}

function assignment(text: string, { type, left, right }: SyntaxNode): { name: string; value: string } | undefined {
  if (type !== "AssignmentExpression" || !isNode(left) || left.type !== "Identifier" || !isNode(right)) return undefined;
  return { name: inCamelCase(String(left["name"])), value: text.slice(right.start, right.end) };
}

function inCamelCase(name: string): string {
  return name.replace(/(?<=\w)_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
