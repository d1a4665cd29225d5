import { argumentsOf } from "../arguments";
import type { Syntax, SyntaxNode } from "../syntax";
import type { TextEdit } from "./textEdits";

const SEPARATOR = ", ";

/**
 * Arranges the arguments of a call anew: `["{}, ", 0]` puts options before the first one. Where arguments keep their order, they and the
 * separators between them stay as they are. Null where arguments are spread, so that their places are not known.
 */
export function arrangeArguments({ text }: Syntax, call: SyntaxNode, pieces: readonly (string | number)[]): TextEdit[] | null {
  const given = argumentsOf(call);
  const places = pieces.filter((piece) => typeof piece === "number");
  const [first, last] = [given[0], given.at(-1)];
  const isKnown = places.every((place) => place < given.length) && given.every(({ type }) => type !== "SpreadElement");
  if (first === undefined || last === undefined || !isKnown) return null;
  if (places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0))) return inOrder(given, pieces);
  const whole = pieces.map((piece) => (typeof piece === "string" ? piece : textOf(text, given[piece])));
  return [{ start: first.start, end: last.end, text: whole.join("") }];
}

function inOrder(given: readonly SyntaxNode[], pieces: readonly (string | number)[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let [before, between, behind] = [-1, "", given[0]?.start ?? 0];
  for (const piece of [...pieces, given.length]) {
    if (typeof piece === "string") {
      between += piece;
      continue;
    }
    const start = given[piece]?.start ?? given.at(-1)?.end ?? behind;
    const keepsSeparator = before >= 0 && piece === before + 1 && piece < given.length && between.startsWith(SEPARATOR);
    if (keepsSeparator) edits.push({ start, end: start, text: between.slice(SEPARATOR.length) });
    else edits.push({ start: behind, end: start, text: between });
    [before, between, behind] = [piece, "", given[piece]?.end ?? behind];
  }
  return edits.filter(({ start, end, text }) => start < end || text !== "");
}

function textOf(text: string, node: SyntaxNode | undefined): string {
  return node === undefined ? "" : text.slice(node.start, node.end);
}
