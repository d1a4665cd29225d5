import * as vscode from "vscode";
import type { Analyzed } from "../../client";
import type { ModelTotals } from "../../protocol";
import { LatestOnly } from "../latestOnly";
import { keyedModels } from "./modelKeys";
import { annotate, keepEarlier, moveAnnotations, noAnnotations, type Annotations, type LayerHint } from "./annotations";

/** How long an analysis may keep a newer text waiting, in milliseconds. */
const PATIENCE = 300;

export type Analyze = (document: vscode.TextDocument, signal: AbortSignal) => Promise<Analyzed>;

/** One open model file: its newest analysis, and what it shows of it in the editor. */
export class ModelDocument implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ModelDocument>();
  readonly #analyses: LatestOnly<Analyzed>;
  #annotations: Annotations = noAnnotations;
  #result: Analyzed | undefined;
  #failure: string | undefined;
  #savedTotals: ReadonlyMap<string, ModelTotals> = new Map();
  /** An analysis has ended, or failed. */
  readonly onDidAnalyze = this.#changed.event;

  constructor(
    readonly document: vscode.TextDocument,
    private readonly analyze: Analyze,
  ) {
    this.#analyses = new LatestOnly((signal) => this.#run(signal), PATIENCE);
  }

  get annotations(): Annotations {
    return this.#annotations;
  }

  /** The newest analysis that came back. */
  get result(): Analyzed | undefined {
    return this.#result;
  }

  /** Why the newest text could not be analyzed at all. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** What the models came to, by key, when the file was saved last; empty as long as that is not known. */
  get savedTotals(): ReadonlyMap<string, ModelTotals> {
    return this.#savedTotals;
  }

  /** Analyzes the text as it is now; the answer is that for the newest text, even if it changes meanwhile. */
  async refresh(): Promise<Analyzed> {
    let version: number;
    let result: Analyzed;
    do {
      ({ version } = this.document);
      result = await this.#analyses.run();
    } while (this.document.version !== version && !this.document.isClosed);
    return result;
  }

  /** Resolves when no analysis is under way. */
  settled(): Promise<void> {
    return this.#analyses.idle();
  }

  /** The layers whose call a position is in, or else those of the first call that begins on its line. */
  hintAt(position: vscode.Position): LayerHint | undefined {
    const offset = this.document.offsetAt(position);
    const { hints } = this.#annotations;
    const around = hints.filter(({ span }) => span.start <= offset && offset <= span.end);
    const innermost = around.sort((a, b) => b.span.start - a.span.start)[0];
    return innermost ?? hints.find(({ span }) => this.document.positionAt(span.start).line === position.line);
  }

  /** The name of the layer that a position belongs to. */
  layerAt(position: vscode.Position): string | undefined {
    return this.hintAt(position)?.layers[0].name;
  }

  /** The text has changed: what is shown moves with it. */
  move(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    // From the end to the beginning, so that no change moves the place of another.
    for (const { rangeOffset, rangeLength, text } of [...changes].sort((a, b) => b.rangeOffset - a.rangeOffset)) {
      this.#annotations = moveAnnotations(this.#annotations, { offset: rangeOffset, length: rangeLength, inserted: text.length });
    }
  }

  dispose(): void {
    this.#analyses.dispose();
    this.#changed.dispose();
  }

  async #run(signal: AbortSignal): Promise<Analyzed> {
    const { version } = this.document;
    try {
      const result = await this.analyze(this.document, signal);
      if (this.document.version === version) this.#accept(result);
      return result;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      throw error;
    }
  }

  #accept(result: Analyzed): void {
    const offsetAt = (line: number, column: number): number => this.document.offsetAt(new vscode.Position(line - 1, column - 1));
    const current = annotate(result.analysis, this.document.uri.fsPath, offsetAt);
    this.#annotations = result.complete ? current : keepEarlier(current, this.#annotations);
    this.#result = result;
    this.#failure = undefined;
    if (!this.document.isDirty && result.complete)
      this.#savedTotals = new Map(keyedModels(result.analysis.models).map(({ key, model }) => [key, model.totals]));
    this.#changed.fire(this);
  }

  #fail(error: unknown): void {
    this.#failure = error instanceof Error ? error.message : String(error);
    this.#annotations = keepEarlier(noAnnotations, this.#annotations);
    this.#changed.fire(this);
  }
}
