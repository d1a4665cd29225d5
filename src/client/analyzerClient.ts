import { type AnalyzerRequest, AnalyzerResponse, type Diagnostic, type Fix } from "../protocol";
import { type ChildExit, ChildProcess } from "./childProcess";

export type Analyzed = Extract<AnalyzerResponse, { type: "analyzed" }>;

/** The analysis ended without a result because nobody wants it any more: it was aborted, or a newer one of the same file came. */
export class AnalysisCancelledError extends Error {
  override readonly name = "AnalysisCancelledError";
}

export interface AnalyzerClientOptions {
  /** The absolute path of `dist/analyzer.js`. */
  script: string;
  /** Lines for a log. */
  log?: ((line: string) => void) | undefined;
}

export interface AnalyzeOptions {
  /** Unsaved text by absolute path: it replaces what is on disk. */
  overlays?: Readonly<Record<string, string>> | undefined;
  signal?: AbortSignal | undefined;
  /** Milliseconds after which an evaluation is killed. */
  timeLimit?: number | undefined;
  /** Codes of diagnostics that are not wanted. */
  disabled?: readonly string[] | undefined;
}

/** In MiB: with V8's own limits the analyzer keeps the trees and results of hundreds of edits before it looks for what is over. */
const MEMORY_LIMITS = ["--max-semi-space-size=4", "--max-old-space-size=512"];

/** Which diagnostic fixes are asked for: its code, and where it starts. */
export type DiagnosticPlace = Pick<Diagnostic, "code" | "file" | "line" | "column">;

type FileQuestion = { type: "analyze" } | { type: "fixes"; at?: DiagnosticPlace | undefined } | { type: "fixAll" };
type Answer = Exclude<AnalyzerResponse, { type: "cancelled" | "failed" }>;

interface PendingRequest {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** The analyzer as its owner sees it. The process starts with the first request, and anew with the next one after it has died. */
export class AnalyzerClient {
  private child: ChildProcess<AnalyzerRequest, AnalyzerResponse> | undefined;
  private readonly pending = new Map<number, PendingRequest>();
  private nextId = 1;
  private disposed = false;

  constructor(private readonly options: AnalyzerClientOptions) {}

  /** The process's id while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process before the first request, so that it is warm by then. */
  start(): void {
    if (!this.disposed) this.child ??= this.fork();
  }

  /**
   * The models, plans and diagnostics of a model file.
   *
   * @param file Absolute path.
   * @throws AnalysisCancelledError when `signal` aborts, a newer request for the file is made or the client is disposed; another error
   *   when the analyzer fails or dies. A mistake in the model file is not an error but a diagnostic in the result.
   */
  async analyze(file: string, options: AnalyzeOptions = {}): Promise<Analyzed> {
    const answer = await this.ask(file, { type: "analyze" }, options);
    if (answer.type === "analyzed") return answer;
    throw unexpected(answer);
  }

  /**
   * A file's diagnostics with their fixes; each was tried. An analysis of the file that is asked for later cancels it.
   *
   * @param at Only those of one diagnostic.
   * @throws as {@link analyze}.
   */
  async fixes(file: string, options: AnalyzeOptions = {}, at?: DiagnosticPlace): Promise<Diagnostic[]> {
    const answer = await this.ask(file, { type: "fixes", at }, options);
    if (answer.type === "fixes") return answer.diagnostics;
    throw unexpected(answer);
  }

  /** All fixes of a file together that may be applied unseen; null where there is none. @throws as {@link analyze}. */
  async fixAll(file: string, options: AnalyzeOptions = {}): Promise<Fix | null> {
    const answer = await this.ask(file, { type: "fixAll" }, options);
    if (answer.type === "fixAll") return answer.fix;
    throw unexpected(answer);
  }

  private async ask(file: string, question: FileQuestion, options: AnalyzeOptions): Promise<Answer> {
    const { signal, overlays = {}, timeLimit, disabled } = options;
    if (signal?.aborted === true || this.disposed) throw new AnalysisCancelledError(`The analysis of ${file} was cancelled.`);
    const child = (this.child ??= this.fork());
    const id = this.nextId++;
    const cancel = (): void => child.send({ type: "cancel", id });
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.pending.set(id, { resolve, reject });
        child.send({ ...question, id, file, overlays, timeLimit, disabled: disabled && [...disabled] });
      });
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** Ends the process; what is pending is cancelled. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.rejectAll((id) => new AnalysisCancelledError(`Analysis ${id} was cancelled: the analyzer is shut down.`));
    await this.child?.dispose();
  }

  private fork(): ChildProcess<AnalyzerRequest, AnalyzerResponse> {
    const { script, log } = this.options;
    return new ChildProcess({
      script,
      message: AnalyzerResponse,
      execArgv: MEMORY_LIMITS,
      log,
      onMessage: (response) => this.settle(response),
      onExit: (exit) => this.onExit(exit),
    });
  }

  private settle(response: AnalyzerResponse): void {
    const request = this.pending.get(response.id);
    this.pending.delete(response.id);
    if (response.type === "cancelled") request?.reject(new AnalysisCancelledError("The analysis was cancelled."));
    else if (response.type === "failed") request?.reject(new Error(response.message));
    else request?.resolve(response);
  }

  private onExit({ description }: ChildExit): void {
    this.child = undefined;
    if (!this.disposed) this.options.log?.(`Analyzer: ${description}.`);
    this.rejectAll(() => new Error(`The analyzer ended before it answered: ${description}.`));
  }

  private rejectAll(reason: (id: number) => Error): void {
    for (const [id, { reject }] of this.pending) reject(reason(id));
    this.pending.clear();
  }
}

function unexpected({ type }: Answer): Error {
  return new Error(`The analyzer answered with "${type}", which was not asked for.`);
}
