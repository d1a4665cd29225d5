import type { Diagnostic, Fix } from "../../../protocol";
import type { Proposal } from "../../evaluation";
import type { Evaluator } from "../evaluator";
import { analyzeFile, type FileAnalysis, type FileOptions } from "../fileAnalysis";
import type { Reported } from "../reported";
import { resolveProposal } from "./resolveProposal";
import { difference } from "./textEdits";

/** More rounds than a file has mistakes that can be put right unseen. */
const MOST_ROUNDS = 50;

interface Attempt {
  readonly fix: Fix;
  /** The analysis of the file with the fix. */
  readonly after: FileAnalysis;
  readonly overlays: Readonly<Record<string, string>>;
}

/** Finds fixes by trying them: one is offered where the analysis with it no longer has the diagnostic, and no new one. */
export class FixFinder {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly options: FileOptions,
    private readonly signal: AbortSignal,
  ) {}

  /** The diagnostics of a file with their fixes. @param wanted Which of them are of interest. */
  async fixes(wanted: (diagnostic: Diagnostic) => boolean): Promise<Diagnostic[]> {
    const before = await this.analyze(this.options.overlays);
    const diagnostics: Diagnostic[] = [];
    for (const reported of before.reported.filter(({ diagnostic }) => wanted(diagnostic))) {
      const fixes: Fix[] = [];
      for (const proposal of reported.finding?.proposals ?? []) {
        const attempt = await this.attempt(reported, proposal, before, this.options.overlays);
        if (attempt !== null) fixes.push(attempt.fix);
      }
      diagnostics.push({ ...reported.diagnostic, fixes });
    }
    return diagnostics;
  }

  /** Applies what can be applied unseen, one after the other, to the text that the one before left; null where there is nothing. */
  async fixAll(): Promise<Fix | null> {
    const { overlays } = this.options;
    const before = await this.analyze(overlays);
    const texts = new Map(before.locator.texts);
    let current = { analysis: before, overlays };
    const titles: string[] = [];
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const attempt = await this.firstSafe(current.analysis, current.overlays);
      if (attempt === null) break;
      titles.push(attempt.fix.title);
      current = { analysis: attempt.after, overlays: attempt.overlays };
    }
    const changed = [...texts].filter(([file, text]) => (current.overlays[file] ?? text) !== text);
    if (changed.length === 0) return null;
    const edits = changed.map(([file, text]) => {
      const { start, end, text: newText } = difference(text, current.overlays[file] ?? text);
      return { file, range: before.locator.rangeBetween(file, start, end), newText };
    });
    return { title: titles.join("; "), edits, safe: true };
  }

  private async firstSafe(before: FileAnalysis, overlays: FileOptions["overlays"]): Promise<Attempt | null> {
    for (const reported of before.reported) {
      for (const proposal of reported.finding?.proposals ?? []) {
        const attempt = proposal.safe ? await this.attempt(reported, proposal, before, overlays) : null;
        if (attempt !== null) return attempt;
      }
    }
    return null;
  }

  private async attempt(
    { diagnostic, finding }: Reported,
    proposal: Proposal,
    before: FileAnalysis,
    overlays: FileOptions["overlays"],
  ): Promise<Attempt | null> {
    const resolved = resolveProposal(proposal, before.locator);
    if (resolved === null) return null;
    const changed = { ...overlays, ...resolved.texts };
    const after = await this.analyze(changed);
    if (!improves(diagnostic, before, after)) return null;
    const { params = null } = after.analysis.models[finding?.model ?? 0]?.totals ?? {};
    const { title, safe } = proposal;
    return { fix: { title, edits: resolved.edits, preview: { params }, ...(safe ? { safe } : {}) }, after, overlays: changed };
  }

  private async analyze(overlays: FileOptions["overlays"]): Promise<FileAnalysis> {
    const result = await analyzeFile(this.evaluator, { ...this.options, overlays }, this.signal);
    this.signal.throwIfAborted();
    return result;
  }
}

/**
 * Whether there is one less of the diagnostic and no more errors of any kind. Behind an error others may come to light, but a warning must
 * not be traded for another.
 */
function improves({ code, severity }: Diagnostic, before: FileAnalysis, after: FileAnalysis): boolean {
  if (before.complete && !after.complete) return false;
  const [had, has] = [countByCode(before), countByCode(after)];
  if ((has.get(code)?.all ?? 0) >= (had.get(code)?.all ?? 0)) return false;
  return [...has].every(([other, { all, errors }]) => {
    const { all: allBefore = 0, errors: errorsBefore = 0 } = had.get(other) ?? {};
    return errors <= errorsBefore && (severity === "error" || all <= allBefore);
  });
}

function countByCode({ analysis }: FileAnalysis): ReadonlyMap<string, { all: number; errors: number }> {
  const counts = new Map<string, { all: number; errors: number }>();
  for (const { code, severity } of analysis.diagnostics) {
    const { all, errors } = counts.get(code) ?? { all: 0, errors: 0 };
    counts.set(code, { all: all + 1, errors: errors + (severity === "error" ? 1 : 0) });
  }
  return counts;
}
