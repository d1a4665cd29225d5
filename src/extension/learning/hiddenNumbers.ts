import * as vscode from "vscode";
import type { Analysis, Diagnostic, LayerSummary, ModelSummary } from "../../protocol";
import { Disposables } from "../disposables";
import { layerCalls, withParts } from "../models/layerCalls";
import { isModelFile } from "../models/modelFiles";
import { readSetting } from "../settings";
import { Predictions } from "./predictions";
import { withoutHidden } from "./withoutHidden";
import { withheldSizes, withoutSizes } from "./withoutSizes";

/** Which numbers the editor does not show because the learner is to predict them: `layerwise.hints.predict`. */
export class HiddenNumbers implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly #predictions: Predictions;
  readonly onDidChange = this.#changed.event;

  constructor(store: vscode.Memento) {
    this.#predictions = new Predictions(store);
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("layerwise.hints")) this.#changed.fire();
      }),
    );
    this.#owned.add(
      vscode.workspace.onDidRenameFiles(async ({ files }) => {
        for (const { oldUri, newUri } of files) await this.#predictions.move(oldUri.toString(), newUri.toString());
        this.#changed.fire();
      }),
    );
  }

  /** Whether the number of the layers that one call made is hidden. */
  isHidden(file: vscode.Uri, layers: readonly LayerSummary[]): boolean {
    return readSetting("layerwise.hints.predict", file) && this.#predictions.isHidden(file.toString(), layers);
  }

  /** The calls in a file, as `line:column`, whose layers' numbers are hidden. */
  hiddenCalls(file: vscode.Uri, models: readonly ModelSummary[]): ReadonlySet<string> {
    if (!readSetting("layerwise.hints.predict", file)) return new Set();
    const calls = layerCalls(models, file.fsPath).filter(({ layers }) => this.isHidden(file, layers));
    return new Set(calls.map(({ line, column }) => `${line}:${column}`));
  }

  /** The models of a file without the numbers that are hidden, and without the sums with such a part. */
  untold(file: vscode.Uri, models: readonly ModelSummary[]): readonly ModelSummary[] {
    const calls = this.hiddenCalls(file, models);
    const isHidden = ({ file: path, line, column }: LayerSummary): boolean =>
      path === file.fsPath && calls.has(`${line ?? ""}:${column ?? ""}`);
    return withoutHidden(models, isHidden);
  }

  /**
   * What takes the sizes that are hidden out of a text about models. A message may be about any of their layers, also about one that another model
   * file makes, where it is to be predicted.
   */
  untoldText(models: readonly ModelSummary[]): (text: string) => string {
    const paths = new Set(models.flatMap(({ layers }) => withParts(layers)).map(({ file }) => file));
    const files = [...paths].flatMap((path) => (path === null ? [] : vscode.Uri.file(path))).filter(isModelFile);
    const told = files.reduce((seen, file) => this.untold(file, seen), models);
    const sizes = withheldSizes(models, told);
    return (text) => withoutSizes(text, sizes);
  }

  /** The diagnostics of an analysis, without the sizes that are hidden in their messages. */
  untoldDiagnostics({ models, diagnostics }: Pick<Analysis, "models" | "diagnostics">): Diagnostic[] {
    const untold = this.untoldText(models);
    return diagnostics.map((diagnostic) => ({ ...diagnostic, message: untold(diagnostic.message) }));
  }

  async reveal(file: vscode.Uri, layers: readonly LayerSummary[]): Promise<void> {
    await this.#predictions.reveal(file.toString(), layers);
    this.#changed.fire();
  }

  /** Hides what was predicted of a file's layers, to begin anew. */
  async forget(file: vscode.Uri): Promise<void> {
    await this.#predictions.forget(file.toString());
    this.#changed.fire();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
