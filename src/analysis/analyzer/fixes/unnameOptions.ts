import { argumentsOf, nodesOf, propertyOf, withoutAssertion } from "../arguments";
import { isNode, type Syntax, type SyntaxNode } from "../syntax";
import type { TextEdit } from "./textEdits";

/**
 * Puts the values of options, in the order of their positions, before the options: `({ filters: 8, kernelSize: 3, padding })` → `(8, 3, { padding })`. Null where
 * the options are not written out in the call, or where a position before one of them stays empty.
 */
export function unnameOptions(
  { text }: Syntax,
  call: SyntaxNode,
  named: readonly { readonly option: string; readonly position: number }[],
): TextEdit | null {
  const given = argumentsOf(call);
  const last = given.at(-1);
  const object = last === undefined ? undefined : withoutAssertion(last);
  if (last === undefined || object?.type !== "ObjectExpression") return null;
  if (named.some(({ position }, index) => position !== given.length - 1 + index)) return null;
  const properties = named.map(({ option }) => propertyOf(object, option));
  const values = properties.map((property) => property?.["value"]).filter(isNode);
  if (values.length < named.length) return null;
  const kept = nodesOf(object["properties"]).filter((property) => !properties.includes(property));
  const rest = kept.length === 0 ? [] : [withProperties(text, object, kept)];
  const written = [...values.map(({ start, end }) => text.slice(start, end)), ...rest];
  return { start: last.start, end: last.end, text: written.join(", ") };
}

/** An object with some of its properties, in the layout that it has. */
function withProperties(text: string, object: SyntaxNode, kept: readonly SyntaxNode[]): string {
  const all = nodesOf(object["properties"]);
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return text.slice(object.start, object.end);
  const parts = kept.map((property, index) => {
    const next = index === kept.length - 1 ? undefined : all[all.indexOf(property) + 1];
    return text.slice(property.start, next?.start ?? property.end);
  });
  return text.slice(object.start, first.start) + parts.join("") + text.slice(last.end, object.end);
}
