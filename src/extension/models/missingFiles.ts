import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { liesIn } from "./modelFiles";

/**
 * Whether a file is gone from the disk. VS Code keeps the text of a file that was open for minutes: it does not tell. Folders outside of the
 * workspace are not watched; a file there is missed when it is looked for.
 */
export class MissingFiles implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #missing = new Set<string>();
  /** The file went, or came back. */
  readonly onDidChange = this.#changed.event;

  /** @param watched The file that is of interest at the moment. */
  constructor(watched: () => vscode.Uri | null | undefined) {
    // What happens to a folder may be told of the folder alone.
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher("**/*", false, true));
    for (const event of [watcher.onDidCreate, watcher.onDidDelete]) {
      this.#owned.add(
        event(async (uri) => {
          const file = watched();
          if (file && liesIn(file, uri) && (await this.look(file))) this.#changed.fire(file);
        }),
      );
    }
  }

  /** Whether it was missing when it was looked for last. */
  has(uri: vscode.Uri): boolean {
    return this.#missing.has(uri.toString());
  }

  /** Looks whether a file is there: one that is replaced as a whole is deleted and comes back at once. @returns whether that is news. */
  async look(uri: vscode.Uri): Promise<boolean> {
    const gone = await vscode.workspace.fs.stat(uri).then(
      () => false,
      (error: unknown) => error instanceof vscode.FileSystemError && error.code === "FileNotFound",
    );
    const before = this.has(uri);
    if (gone) this.#missing.add(uri.toString());
    else this.#missing.delete(uri.toString());
    return gone !== before;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
