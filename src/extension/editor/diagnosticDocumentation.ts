import { readFileSync } from "node:fs";
import type * as vscode from "vscode";

/** The page that has a section for each diagnostic's code. A hover opens no commands, so that a link leads to the section's line. */
export class DiagnosticDocumentation {
  #lines: ReadonlyMap<string, number> | undefined;

  constructor(private readonly page: vscode.Uri) {}

  of(code: string): vscode.Uri {
    this.#lines ??= headings(readPage(this.page.fsPath));
    const line = this.#lines.get(code);
    return line === undefined ? this.page : this.page.with({ fragment: `L${line}` });
  }
}

function readPage(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** The second-level headings with their lines, from 1. */
function headings(text: string): ReadonlyMap<string, number> {
  const lines = text.split(/\r?\n/);
  return new Map(lines.flatMap((line, index) => (line.startsWith("## ") ? [[line.slice(3), index + 1] as const] : [])));
}
