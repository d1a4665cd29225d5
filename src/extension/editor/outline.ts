import * as vscode from "vscode";
import { formatShapes } from "../../format";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { LayerHint } from "../models/annotations";
import { hintLabel, layerNames } from "../models/layerText";
import type { ModelDocument } from "../models/modelDocument";
import type { ModelDocuments } from "../models/modelDocuments";
import { modelFileSelector } from "../models/modelFiles";

/** A model file's outline: its models, their layers by name, and its plans. */
export class ModelOutline implements vscode.DocumentSymbolProvider, vscode.Disposable {
  readonly #owned = new Disposables();

  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
  ) {
    this.#owned.add(vscode.languages.registerDocumentSymbolProvider(modelFileSelector, this, { label: "Layerwise" }));
  }

  async provideDocumentSymbols({ uri }: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const document = this.documents.get(uri);
    if (document === undefined) return [];
    await document.settled();
    return [...this.#models(document), ...plans(document)];
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #models({ document, annotations }: ModelDocument): vscode.DocumentSymbol[] {
    return annotations.models.map(({ offset, model, key }) => {
      const layers = annotations.hints.filter((hint) => hint.key === key).map((hint) => this.#layer(document, hint));
      const start = document.positionAt(offset);
      const selection = document.getWordRangeAtPosition(start) ?? new vscode.Range(start, start);
      const range = layers.reduce((whole, layer) => whole.union(layer.range), selection);
      const detail = `${formatShapes(model.inputShape)} → ${formatShapes(model.outputShape)}`;
      const symbol = new vscode.DocumentSymbol(model.name, detail, vscode.SymbolKind.Module, range, selection);
      symbol.children = layers;
      return symbol;
    });
  }

  #layer(document: vscode.TextDocument, { span, layers }: LayerHint): vscode.DocumentSymbol {
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    const { shape, params } = hintLabel(layers, "full");
    const count = this.hidden.isHidden(document.uri, layers) ? "?" : params;
    const detail = [layers[0].type, shape, count].filter((part) => part !== "").join(" · ");
    return new vscode.DocumentSymbol(layerNames(layers), detail, vscode.SymbolKind.Object, range, range);
  }
}

function plans({ document, annotations }: ModelDocument): vscode.DocumentSymbol[] {
  return annotations.plans.map(({ offset, plan, model }) => {
    const start = document.positionAt(offset);
    const range = document.getWordRangeAtPosition(start) ?? new vscode.Range(start, start);
    return new vscode.DocumentSymbol(plan ?? "train", `trains ${model}`, vscode.SymbolKind.Event, range, range);
  });
}
