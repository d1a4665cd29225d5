import type { Fix } from "../../../src/protocol";

/** A file's text with a fix applied. */
export function withFix(text: string, { edits }: Fix): string {
  const lines = text.split("\n");
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
  return [...edits]
    .reverse()
    .map(({ range, newText }) => ({
      start: offset(range.line, range.column),
      end: offset(range.endLine, range.endColumn),
      newText,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce((changed, { start, end, newText }) => changed.slice(0, start) + newText + changed.slice(end), text);
}
