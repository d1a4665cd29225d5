import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { modelFileSelector } from "../models/modelFiles";

/** The path in `csv("…")`. */
const DATA_FILE = /\bcsv\(\s*(["'`])((?:(?!\1|\$\{|\n).)+)\1/g;

/** Leads from a data file's path to the file. */
export class DataLinks implements vscode.DocumentLinkProvider, vscode.Disposable {
  readonly #owned = new Disposables();

  constructor() {
    this.#owned.add(vscode.languages.registerDocumentLinkProvider(modelFileSelector, this));
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return [...document.getText().matchAll(DATA_FILE)].map((match) => {
      const [call, , path = ""] = match;
      const end = match.index + call.length - 1;
      const range = new vscode.Range(document.positionAt(end - path.length), document.positionAt(end));
      const file = path.startsWith("/") ? vscode.Uri.file(path) : vscode.Uri.joinPath(document.uri, "..", path);
      const link = new vscode.DocumentLink(range, file);
      link.tooltip = file.fsPath;
      return link;
    });
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
