/** A stretch of a text in UTF-16 units; `end` is the first unit after it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A change of a text: `length` units at `offset` gave way to `inserted` units. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly inserted: number;
}

/** Where a span stands after an edit; undefined when the edit changed the text within it. */
export function moveSpan(span: Span, edit: TextEdit): Span | undefined {
  if (edit.offset >= span.end) return span;
  if (edit.offset + edit.length > span.start) return undefined;
  const shift = edit.inserted - edit.length;
  return { start: span.start + shift, end: span.end + shift };
}

/** Where an offset stands after an edit; one within replaced text goes to the beginning of that text. */
export function moveOffset(offset: number, edit: TextEdit): number {
  if (edit.offset + edit.length <= offset) return offset + edit.inserted - edit.length;
  return Math.min(offset, edit.offset);
}
