import { AnalyzerRequest, AnalyzerResponse } from "../protocol";
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
}

interface PendingRequest {
  resolve: (analyzed: Analyzed) => void;
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
    const { signal, overlays = {}, timeLimit } = options;
    if (signal?.aborted === true || this.disposed) throw new AnalysisCancelledError(`The analysis of ${file} was cancelled.`);
    const child = (this.child ??= this.fork());
    const id = this.nextId++;
    const cancel = (): void => child.send({ type: "cancel", id });
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<Analyzed>((resolve, reject) => {
        this.pending.set(id, { resolve, reject });
        child.send({ type: "analyze", id, file, overlays, timeLimit });
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
      log,
      onMessage: (response) => this.settle(response),
      onExit: (exit) => this.onExit(exit),
    });
  }

  private settle(response: AnalyzerResponse): void {
    const request = this.pending.get(response.id);
    this.pending.delete(response.id);
    if (response.type === "analyzed") request?.resolve(response);
    else if (response.type === "cancelled") request?.reject(new AnalysisCancelledError("The analysis was cancelled."));
    else request?.reject(new Error(response.message));
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
