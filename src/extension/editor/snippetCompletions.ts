import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { modelFileSelector } from "../models/modelFiles";
import { snippets } from "./snippets";

/** Offers the snippets in model files alone: contributed ones would stand in every TypeScript file. */
export class SnippetCompletions implements vscode.CompletionItemProvider, vscode.Disposable {
  readonly #owned = new Disposables();

  constructor() {
    this.#owned.add(vscode.languages.registerCompletionItemProvider(modelFileSelector, this));
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const before = document.lineAt(position).text.slice(0, position.character);
    // Not after `layers.`, nor within a string or a comment.
    if (!/^[^"'`]*$/.test(before) || /\.\s*\w*$|\/\//.test(before)) return [];
    return snippets.map(({ prefix, description, body }) => {
      const item = new vscode.CompletionItem({ label: prefix, description: "Layerwise" }, vscode.CompletionItemKind.Snippet);
      item.insertText = new vscode.SnippetString(body);
      item.detail = description;
      item.documentation = new vscode.MarkdownString().appendCodeblock(
        body.replace(/\$\{\d+:([^}]*)\}|\$0/g, "$1"),
        "typescript",
      );
      return item;
    });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
