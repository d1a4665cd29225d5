import type { Diagnostic } from "../../protocol";
import type { SourceFile } from "../bundle";
import type { Finding } from "../evaluation";

/** A diagnostic with what it came from; without where the file did not compile or did not come to its end. */
export interface Reported {
  readonly diagnostic: Diagnostic;
  readonly finding?: Finding;
}

/** One for each mistake: the layers of a loop come from one call. */
export function merged(found: readonly Reported[]): Reported[] {
  const groups = new Map<string, { first: Reported; messages: Set<string> }>();
  for (const reported of found) {
    const { code, severity, message, file, line, column, endLine, endColumn } = reported.diagnostic;
    // Only layers of a loop differ in nothing but what the message says of them.
    const identity = (reported.finding?.layerFrames ?? null) === null ? message : "";
    const key = JSON.stringify([code, severity, file, line, column, endLine, endColumn, identity]);
    const group = groups.get(key) ?? { first: reported, messages: new Set() };
    group.messages.add(message);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, messages }) => {
    const others = messages.size - 1;
    if (others === 0) return first;
    const message = `${first.diagnostic.message} (And ${others} more from this call.)`;
    return { ...first, diagnostic: { ...first.diagnostic, message } };
  });
}

const COMMENT = /^\s*\/\/\s*layerwise-disable-next-line\s+([a-z-]+(?:\s*,\s*[a-z-]+)*)/;

/** What the user does not want to hear: by setting, or by a comment `// layerwise-disable-next-line CODE` on the line before. */
export class Suppressions {
  private readonly disabled: ReadonlySet<string>;
  private readonly lines = new Map<string, ReadonlySet<string>>();

  constructor(sources: readonly SourceFile[], disabled: readonly string[]) {
    this.disabled = new Set(disabled);
    for (const { path, text } of sources.filter((source) => source.text.includes("layerwise-disable-next-line"))) {
      text.split("\n").forEach((line, index) => {
        const codes = COMMENT.exec(line)?.[1];
        if (codes !== undefined) this.lines.set(`${path}:${index + 2}`, new Set(codes.split(",").map((code) => code.trim())));
      });
    }
  }

  hold({ code, file, line }: Diagnostic): boolean {
    return this.disabled.has(code) || this.lines.get(`${file}:${line}`)?.has(code) === true;
  }
}
