import * as vscode from "vscode";
import { Disposables } from "../disposables";
import { liesIn } from "./modelFiles";

/**
 * Whether a file is gone from the disk. VS Code keeps the text of a file that was open for minutes: it does not tell. Outside of the workspace
 * nothing is watched by itself: the folder of the file that was looked for last is.
 */
export class MissingFiles implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #missing = new Set<string>();
  #outside: { readonly folder: string; readonly owned: Disposables } | undefined;
  /** The file went, or came back. */
  readonly onDidChange = this.#changed.event;

  /** @param watched The file that is of interest at the moment. */
  constructor(private readonly watched: () => vscode.Uri | null | undefined) {
    // What happens to a folder may be told of the folder alone.
    this.#watch("**/*", this.#owned);
  }

  /** Whether it was missing when it was looked for last. */
  has(uri: vscode.Uri): boolean {
    return this.#missing.has(uri.toString());
  }

  /** Looks whether a file is there: one that is replaced as a whole is deleted and comes back at once. @returns whether that is news. */
  async look(uri: vscode.Uri): Promise<boolean> {
    this.#watchFolder(uri);
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
    this.#outside?.owned.dispose();
    this.#owned.dispose();
  }

  #watchFolder(file: vscode.Uri): void {
    const isInside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
    const folder = vscode.Uri.joinPath(file, "..");
    if (!isInside && this.#outside?.folder === folder.toString()) return;
    this.#outside?.owned.dispose();
    this.#outside = undefined;
    if (isInside) return;
    this.#outside = { folder: folder.toString(), owned: new Disposables() };
    this.#watch(new vscode.RelativePattern(folder, "*"), this.#outside.owned);
  }

  #watch(pattern: vscode.GlobPattern, owned: Disposables): void {
    const watcher = owned.add(vscode.workspace.createFileSystemWatcher(pattern, false, true));
    for (const event of [watcher.onDidCreate, watcher.onDidDelete]) {
      owned.add(
        event(async (uri) => {
          const file = this.watched();
          if (file && liesIn(file, uri) && (await this.look(file))) this.#changed.fire(file);
        }),
      );
    }
  }
}
