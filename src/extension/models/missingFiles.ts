import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { modelFilePattern } from "./modelFiles";

/**
 * Which model files are gone from the disk. VS Code keeps the text of a file that was open for minutes: it does not tell. Folders outside of the
 * workspace are not watched; a file there is missed when it is looked for.
 */
export class MissingFiles implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #missing = new Set<string>();
  /** A file went, or came back. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher(modelFilePattern, false, true));
    for (const event of [watcher.onDidCreate, watcher.onDidDelete]) this.#owned.add(event((uri) => void this.look(uri)));
  }

  has(uri: vscode.Uri): boolean {
    return this.#missing.has(uri.toString());
  }

  /** Looks whether a file is there: one that is replaced as a whole is deleted and comes back at once. */
  async look(uri: vscode.Uri): Promise<void> {
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    const before = this.has(uri);
    if (there) this.#missing.delete(uri.toString());
    else this.#missing.add(uri.toString());
    if (before === there) this.#changed.fire(uri);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
