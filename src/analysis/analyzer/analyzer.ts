import type { Analysis, AnalyzerRequest, AnalyzerResponse, Diagnostic } from "../../protocol";
import { type Bundle, bundleModelFile } from "../bundle";
import { crashDiagnostic, evaluationDiagnostic, noModelDiagnostic, timeoutDiagnostic } from "./diagnostics";
import type { EvaluationOutcome, Evaluator } from "./evaluator";
import { Locator } from "./locator";
import { summarizeDemo, summarizeModel, summarizePlan } from "./summaries";

const DEFAULT_TIME_LIMIT = 5_000;

type AnalyzeRequest = Extract<AnalyzerRequest, { type: "analyze" }>;

interface Job {
  readonly request: AnalyzeRequest;
  readonly received: number;
  readonly abort: AbortController;
}

/**
 * Answers every request once. Requests are worked off in order; a newer one for the same file cancels an older one, whose result nobody
 * would look at.
 */
export class Analyzer {
  private readonly jobs: Job[] = [];
  private working = false;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly respond: (response: AnalyzerResponse) => void,
  ) {}

  handle(request: AnalyzerRequest): void {
    if (request.type === "cancel") {
      this.cancel((job) => job.request.id === request.id);
    } else {
      this.cancel((job) => job.request.file === request.file);
      this.jobs.push({ request, received: performance.now(), abort: new AbortController() });
      if (!this.working) void this.work();
    }
  }

  private cancel(concerns: (job: Job) => boolean): void {
    for (const job of this.jobs.filter(concerns)) {
      if (job.abort.signal.aborted) continue;
      job.abort.abort();
      this.respond({ type: "cancelled", id: job.request.id });
    }
  }

  private async work(): Promise<void> {
    this.working = true;
    for (let job = this.jobs[0]; job !== undefined; job = this.jobs[0]) {
      const { signal } = job.abort;
      const response = signal.aborted ? undefined : await this.answer(job);
      if (response !== undefined && !signal.aborted) this.respond(response);
      this.jobs.shift();
    }
    this.working = false;
  }

  private async answer({ request, received, abort }: Job): Promise<AnalyzerResponse> {
    const { id, file, overlays, timeLimit = DEFAULT_TIME_LIMIT } = request;
    try {
      const bundle = await bundleModelFile({ file, overlays, target: "analysis" });
      abort.signal.throwIfAborted();
      const outcome = bundle.code === null ? null : await this.evaluator.evaluate(bundle.code, timeLimit, abort.signal);
      return {
        type: "analyzed",
        id,
        ...describe(bundle, outcome, file, timeLimit),
        sources: bundle.sources.map(({ path }) => path),
        duration: performance.now() - received,
      };
    } catch (error) {
      return {
        type: "failed",
        id,
        message: `${file} could not be analysed: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }
}

function describe(
  bundle: Bundle,
  outcome: EvaluationOutcome | null,
  file: string,
  timeLimit: number,
): { analysis: Analysis; complete: boolean } {
  const locator = new Locator(bundle, file);
  const diagnostics = [...bundle.errors];
  if (outcome === null) return { analysis: { models: [], plans: [], diagnostics, documentation: [] }, complete: false };
  if (outcome.kind === "crashed") diagnostics.push(crashDiagnostic(outcome.reason, locator));
  if (outcome.kind === "killed" || (outcome.kind === "evaluated" && outcome.timedOut))
    diagnostics.push(timeoutDiagnostic(timeLimit, locator));
  if (outcome.kind !== "evaluated")
    return { analysis: { models: [], plans: [], diagnostics, documentation: [] }, complete: false };
  const { evaluation } = outcome;
  diagnostics.push(...evaluation.errors.map((error) => evaluationDiagnostic(error, locator)));
  if (evaluation.models.length + evaluation.demos.length === 0 && diagnostics.length === 0)
    diagnostics.push(noModelDiagnostic(locator));
  return {
    analysis: {
      models: evaluation.models.map((model) => summarizeModel(model, locator)),
      plans: evaluation.plans.map((plan) => summarizePlan(plan, locator)),
      diagnostics: distinct(diagnostics),
      documentation: evaluation.documentation,
      ...(evaluation.demos.length > 0 ? { demos: evaluation.demos.map((demo) => summarizeDemo(demo, locator)) } : {}),
    },
    complete: evaluation.complete && bundle.errors.length === 0,
  };
}

/** A faulty call in a loop is one mistake. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}
