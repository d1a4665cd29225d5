import * as vscode from "vscode";
import { Disposables } from "../disposables";
import type { ModelDocuments } from "../models/modelDocuments";
import { modelFileSelector } from "../models/modelFiles";
import { readSetting } from "../settings";

/** Shows beside each layer's call what comes out of it and how many parameters it has. */
export class LayerHintsProvider implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(private readonly documents: ModelDocuments) {
    this.#owned.add(documents.onDidAnalyze(() => this.#changed.fire()));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("layerwise.hints")) this.#changed.fire();
      }),
    );
    this.#owned.add(vscode.languages.registerInlayHintsProvider(modelFileSelector, this));
  }

  /** Waits for the analysis under way: until then the editor keeps the hints it has, so that nothing flickers. */
  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    const model = this.documents.get(document.uri);
    if (model === undefined || !readSetting("layerwise.hints.enabled", document.uri)) return [];
    await model.settled();
    return model.annotations.hints.flatMap(({ span, label, tooltip, stale }) => {
      const position = document.positionAt(span.end);
      if (!range.contains(position)) return [];
      const hint = new vscode.InlayHint(position, stale ? `~ ${label}` : label);
      hint.paddingLeft = true;
      hint.tooltip = markdown(stale ? [...tooltip, "From before: the file does not compile at the moment."] : tooltip);
      return [hint];
    });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

/** Paragraphs whose text comes from a model: none of it is read as Markdown. */
function markdown(paragraphs: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const paragraph of paragraphs) text.appendText(paragraph).appendMarkdown("\n\n");
  return text;
}
