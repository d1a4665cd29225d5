import type { Diagnostic } from "../../protocol";
import type { SourceFile } from "../bundle";
import type { Finding } from "../evaluation";

/** A diagnostic with what it came from; without where the file did not compile or did not come to its end. */
export interface Reported {
  readonly diagnostic: Diagnostic;
  readonly finding?: Finding;
}

/** A faulty call in a loop is one mistake. */
export function distinct(found: readonly Reported[]): Reported[] {
  const unseen = new Map<string, Reported>();
  for (const reported of found) {
    const key = JSON.stringify(reported.diagnostic);
    if (!unseen.has(key)) unseen.set(key, reported);
  }
  return [...unseen.values()];
}

/** What a rule finds at the layers of one call is one mistake, from wherever the call was reached. */
export function firstOfEachCall(found: readonly Reported[]): Reported[] {
  const calls = new Map<string, Reported[]>();
  for (const [index, reported] of found.entries()) {
    const key = callKey(reported) ?? `${index}`;
    const alike = calls.get(key);
    if (alike === undefined) calls.set(key, [reported]);
    else alike.push(reported);
  }
  return [...calls.values()].flatMap((alike) => {
    const [first] = alike;
    const others = alike.reduce((sum, { finding }) => sum + 1 + (finding?.others ?? 0), -1);
    if (first === undefined || others === 0) return first ?? [];
    const message = `${first.diagnostic.message} (And ${others} more from this call.)`;
    return [{ ...first, diagnostic: { ...first.diagnostic, message } }];
  });
}

/** Undefined for what is no rule's, and where the place is not known: there may be many calls. A plan's differ by what they say. */
function callKey({ diagnostic, finding }: Reported): string | undefined {
  const { code, severity, message, file, line, column, endLine, endColumn } = diagnostic;
  const isPlaced = line !== endLine || column !== endColumn;
  if (finding?.others === undefined || !isPlaced) return undefined;
  const said = finding.layerFrames === null ? message : "";
  return [code, severity, file, line, column, endLine, endColumn, said].join(";");
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
