import { resolve, dirname } from "node:path";
import type { Message } from "esbuild";
import type { Diagnostic } from "../../protocol";
import { inTypescript } from "./pythonSyntax";

/** A message of the bundler at its place; one without a place stands at the model file's start. */
export function compileDiagnostic(message: Message, file: string): Diagnostic {
  const { location } = message;
  const place =
    location === null
      ? { file, line: 1, column: 1, endLine: 1, endColumn: 1 }
      : {
          file: resolve(dirname(file), location.file),
          line: location.line,
          column: utf16Column(location.lineText, location.column),
          endLine: location.line,
          endColumn: utf16Column(location.lineText, location.column + Math.max(1, location.length)),
        };
  return { severity: "error", code: codeOf(message), message: wording(message), ...place, fixes: [] };
}

function codeOf({ detail, text }: Message): string {
  if (typeof detail === "string") return detail;
  return isTopLevelAwait(text) ? "top-level-await" : "syntax-error";
}

function wording({ text, notes, location, detail }: Message): string {
  if (isTopLevelAwait(text)) {
    return "A model file cannot wait (await) at its top level: it declares a model, and nothing is read before training starts. Use csv(path), arrays({ x, y }) or generator(fn) for data.";
  }
  const python = detail === undefined && location !== null ? inTypescript(location.lineText) : undefined;
  if (python !== undefined) return `${text}. That looks like Python. ${python}`;
  return [text, ...notes.map((note) => note.text)].join(" ");
}

function isTopLevelAwait(text: string): boolean {
  return text.startsWith("Top-level await");
}

/** esbuild counts bytes of UTF-8 from 0; positions count UTF-16 units from 1. */
function utf16Column(lineText: string, bytes: number): number {
  return Buffer.from(lineText).subarray(0, bytes).toString().length + 1;
}
