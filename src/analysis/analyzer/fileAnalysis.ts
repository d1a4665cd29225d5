import type { CompactAnalysis, Diagnostic } from "../../protocol";
import { type Bundle, bundleModelFile } from "../bundle";
import type { Finding } from "../evaluation";
import { crashDiagnostic, findingDiagnostic, noModelDiagnostic, timeoutDiagnostic } from "./diagnostics";
import type { EvaluationOutcome, Evaluator } from "./evaluator";
import { Locator } from "./locator";
import { distinct, firstOfEachCall, type Reported, Suppressions } from "./reported";
import { summarizeDemo, summarizeModels, summarizePlan } from "./summaries";

export interface FileOptions {
  /** Absolute path of the model file. */
  readonly file: string;
  readonly overlays: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** Codes of diagnostics that are not wanted. */
  readonly disabled: readonly string[];
}

/** One analysis of a model file, with what its diagnostics came from. */
export interface FileAnalysis {
  readonly analysis: CompactAnalysis;
  readonly complete: boolean;
  /** Absolute paths of the files that went into the model. */
  readonly sources: readonly string[];
  readonly locator: Locator;
  /** As the diagnostics of the analysis, in their order. */
  readonly reported: readonly Reported[];
}

/** Bundles a model file, evaluates it and describes what came out. @throws when `signal` aborts, or the evaluator cannot be started. */
export async function analyzeFile(evaluator: Evaluator, options: FileOptions, signal: AbortSignal): Promise<FileAnalysis> {
  const { file, overlays, timeLimit } = options;
  const bundle = await bundleModelFile({ file, overlays, target: "analysis" });
  signal.throwIfAborted();
  const evaluation = bundle.code === null ? null : evaluator.evaluate(bundle.code, timeLimit, signal);
  const locator = new Locator(bundle, file);
  const [outcome] = await Promise.all([evaluation, readAhead(locator)]);
  return describe(bundle, outcome, locator, options);
}

/** Once the evaluator has its script: what will be asked of the text is read while it works. */
async function readAhead(locator: Locator): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  locator.prepare();
}

function describe(bundle: Bundle, outcome: EvaluationOutcome | null, locator: Locator, options: FileOptions): FileAnalysis {
  const { timeLimit, disabled } = options;
  const evaluation = outcome?.kind === "evaluated" ? outcome.evaluation : undefined;
  const findings = evaluation?.findings ?? [];
  const failures = [...bundle.errors, ...failuresOf(outcome, timeLimit, locator)];
  const found = [...failures.map((diagnostic) => ({ diagnostic })), ...findings.map((finding) => located(finding, locator))];
  if (evaluation !== undefined && evaluation.models.length + evaluation.demos.length === 0 && found.length === 0)
    found.push({ diagnostic: noModelDiagnostic(locator) });
  const suppressions = new Suppressions(bundle.sources, disabled);
  const reported = firstOfEachCall(distinct(found)).filter(({ diagnostic }) => !suppressions.hold(diagnostic));
  const demos = evaluation?.demos ?? [];
  return {
    analysis: {
      ...(evaluation === undefined ? NO_MODELS : summarizeModels(evaluation, locator)),
      plans: (evaluation?.plans ?? []).map((plan) => summarizePlan(plan, locator)),
      diagnostics: reported.map(({ diagnostic }) => diagnostic),
      documentation: evaluation?.documentation ?? [],
      ...(demos.length > 0 ? { demos: demos.map((demo) => summarizeDemo(demo, locator)) } : {}),
    },
    complete: evaluation?.complete === true && bundle.errors.length === 0,
    sources: bundle.sources.map(({ path }) => path),
    locator,
    reported,
  };
}

const NO_MODELS = { models: [], layerProperties: [], layerCalls: [] };

function failuresOf(outcome: EvaluationOutcome | null, timeLimit: number, locator: Locator): Diagnostic[] {
  if (outcome === null) return [];
  if (outcome.kind === "crashed") return [crashDiagnostic(outcome.reason, locator)];
  return outcome.kind === "killed" || outcome.timedOut ? [timeoutDiagnostic(timeLimit, locator)] : [];
}

function located(finding: Finding, locator: Locator): Reported {
  return { diagnostic: findingDiagnostic(finding, locator), finding };
}
