import * as vscode from "vscode";
import { Disposables } from "../disposables";
import type { Span } from "../models/spans";
import type { ModelDocuments } from "../models/modelDocuments";
import { modelFileSelector } from "../models/modelFiles";
import type { HoverTexts } from "./hoverTexts";

/** Explains the layer whose call, or the model whose name, the pointer is on. */
export class ModelHoverProvider implements vscode.HoverProvider, vscode.Disposable {
  readonly #owned = new Disposables();

  constructor(
    private readonly documents: ModelDocuments,
    private readonly texts: HoverTexts,
  ) {
    this.#owned.add(vscode.languages.registerHoverProvider(modelFileSelector, this));
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const annotations = this.documents.get(document.uri)?.annotations;
    if (annotations === undefined) return undefined;
    const offset = document.offsetAt(position);
    const calls = annotations.hints.map((hint) => ({ hint, callee: calleeOf(document, hint.span) }));
    const call = calls.findLast(({ callee }) => callee.start <= offset && offset < callee.end);
    if (call !== undefined) {
      const { start, end } = call.callee;
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return new vscode.Hover(await this.texts.ofLayer(document.uri, call.hint), range);
    }
    const range = document.getWordRangeAtPosition(position, /[\w$]+/);
    const word = range && document.getText(range);
    const lens = annotations.models.find(
      ({ model, offset: start }) => word === model.export || (range && document.offsetAt(range.start) === start),
    );
    return lens && new vscode.Hover(this.texts.ofModel(document.uri, lens), range);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

/** What stands before the first parenthesis of a call: its arguments have hovers of their own. */
function calleeOf(document: vscode.TextDocument, { start, end }: Span): Span {
  const text = document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
  const callee = /^[^(]*/.exec(text)?.[0].trimEnd() ?? "";
  return { start, end: start + callee.length };
}
