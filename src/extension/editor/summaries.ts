import * as vscode from "vscode";
import { type SummaryLine, summaryLines } from "../../format";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { ModelDocuments } from "../models/modelDocuments";

const SCHEME = "layerwise-summary";
const SUFFIX = ".summary.txt";

/** Keras's table of the models of a file as a document that follows the file; each row leads to the line that made its layer. */
export class ModelSummaries implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
  ) {
    this.#owned.add(hidden.onDidChange(() => this.#refreshShown()));
    this.#owned.add(documents.onDidAnalyze(({ document }) => this.#changed.fire(summaryOf(document.uri))));
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.#owned.add(vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this));
  }

  async show(file: vscode.Uri): Promise<void> {
    await this.documents.analyze(file);
    this.#changed.fire(summaryOf(file));
    await vscode.window.showTextDocument(summaryOf(file), { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return `${this.#lines(modelFileOf(uri))
      .map(({ text }) => text)
      .join("\n")}\n`;
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return this.#lines(modelFileOf(uri)).flatMap(({ text, layer }, index) => {
      if (layer === undefined || layer.file === null || layer.line === null) return [];
      const start = text.indexOf(layer.name);
      const target = vscode.Uri.file(layer.file).with({ fragment: `L${layer.line},${layer.column ?? 1}` });
      const link = new vscode.DocumentLink(new vscode.Range(index, start, index, start + layer.name.length), target);
      link.tooltip = `Line ${layer.line}`;
      return [link];
    });
  }

  /** Numbers may have been revealed. */
  #refreshShown(): void {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) this.#changed.fire(uri);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #lines(file: vscode.Uri): SummaryLine[] {
    const models = this.documents.get(file)?.result?.analysis.models ?? [];
    if (models.length === 0) return [{ text: `No model of ${file.fsPath} is known at the moment.` }];
    return this.hidden
      .untold(file, models)
      .flatMap((model, index) => [...(index === 0 ? [] : [{ text: "" }]), ...summaryLines(model)]);
  }
}

function summaryOf(file: vscode.Uri): vscode.Uri {
  return file.with({ scheme: SCHEME, path: file.path + SUFFIX });
}

function modelFileOf(summary: vscode.Uri): vscode.Uri {
  return summary.with({ scheme: "file", path: summary.path.slice(0, -SUFFIX.length) });
}
