import { argumentsOf, nodesOf, propertyOf, withoutAssertion } from "../arguments";
import { isNode, type Syntax, type SyntaxNode } from "../syntax";
import type { TextEdit } from "./textEdits";

/** Makes one list of a call's arguments: `(a, b)` → `([a, b])`, `(x, { initialState: [h, c] })` → `([x, h, c])`. */
export function listArguments({ text }: Syntax, call: SyntaxNode): TextEdit | null {
  const given = argumentsOf(call);
  const [first] = given;
  const last = given.at(-1);
  if (first === undefined || last === undefined || given.length < 2) return null;
  const elements = given.map((argument) => elementsOf(text, withoutAssertion(argument)));
  if (!elements.every((found) => found !== undefined)) return null;
  return { start: first.start, end: last.end, text: `[${elements.flat().join(", ")}]` };
}

/** Undefined for an object that holds no states. */
function elementsOf(text: string, argument: SyntaxNode): string[] | undefined {
  if (argument.type === "ArrayExpression") return nodesOf(argument["elements"]).map(({ start, end }) => text.slice(start, end));
  if (argument.type !== "ObjectExpression") return [text.slice(argument.start, argument.end)];
  const states = (propertyOf(argument, "initialState") ?? propertyOf(argument, "initial_state"))?.["value"];
  return isNode(states) && nodesOf(argument["properties"]).length === 1 ? elementsOf(text, states) : undefined;
}
