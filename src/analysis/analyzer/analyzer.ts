import type { AnalyzerRequest, SentAnalyzerResponse } from "../../protocol";
import type { Evaluator } from "./evaluator";
import { analyzeFile, type FileOptions } from "./fileAnalysis";
import { FixFinder } from "./fixes/verifiedFixes";

const DEFAULT_TIME_LIMIT = 5_000;

type FileRequest = Exclude<AnalyzerRequest, { type: "cancel" }>;

interface Job {
  readonly request: FileRequest;
  readonly received: number;
  readonly abort: AbortController;
}

/**
 * Answers every request once. Requests are worked off in order, analyses before fixes. A newer analysis of a file cancels what else is asked
 * of the older text, whose result nobody would look at.
 */
export class Analyzer {
  private readonly jobs: Job[] = [];
  private working = false;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly respond: (response: SentAnalyzerResponse) => void,
  ) {}

  handle(request: AnalyzerRequest): void {
    if (request.type === "cancel") {
      this.cancel((job) => job.request.id === request.id);
    } else {
      if (request.type === "analyze") this.cancel((job) => job.request.file === request.file);
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
    for (let job = this.next(); job !== undefined; job = this.next()) {
      const { signal } = job.abort;
      const response = signal.aborted ? undefined : await this.answer(job);
      if (response !== undefined && !signal.aborted) this.respond(response);
      this.jobs.splice(this.jobs.indexOf(job), 1);
    }
    this.working = false;
  }

  /** Somebody who types waits for an analysis. */
  private next(): Job | undefined {
    return this.jobs.find(({ request }) => request.type === "analyze") ?? this.jobs[0];
  }

  private async answer(job: Job): Promise<SentAnalyzerResponse> {
    const { id, file } = job.request;
    try {
      return await this.carryOut(job);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { type: "failed", id, message: `${file} could not be analysed: ${reason}` };
    }
  }

  private async carryOut({ request, received, abort: { signal } }: Job): Promise<SentAnalyzerResponse> {
    const { id } = request;
    const { file, overlays, timeLimit = DEFAULT_TIME_LIMIT, disabled = [] } = request;
    const options: FileOptions = { file, overlays, timeLimit, disabled };
    const finder = new FixFinder(this.evaluator, options, signal);
    switch (request.type) {
      case "analyze": {
        const { analysis, complete, sources } = await analyzeFile(this.evaluator, options, signal);
        return { type: "analyzed", id, analysis, complete, sources: [...sources], duration: performance.now() - received };
      }
      case "fixes": {
        const { at } = request;
        const diagnostics = await finder.fixes(
          ({ code, file: path, line, column }) =>
            at === undefined || (code === at.code && path === at.file && line === at.line && column === at.column),
        );
        return { type: "fixes", id, diagnostics };
      }
      case "fixAll":
        return { type: "fixAll", id, fix: await finder.fixAll() };
    }
  }
}
