import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as vscode from "vscode";
import { Disposables } from "../disposables";
import type { ModelDocuments } from "../models/modelDocuments";
import { addPaths, findUp, newTsconfig, resolvesLayerwise } from "./tsconfig";
import { copyTypes } from "./typesCopy";

const PROPOSAL = "layerwise-proposal";
/** The project files about which the user has answered. */
const ANSWERED = "layerwise.types.answered";
const create = "Create";
const showDifference = "Show Difference";
const notHere = "Not Here";

/** Makes `layerwise` known to the TypeScript server in folders that hold nothing but model files. Asks before it adds a file. */
export class ModelTypes implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #owned = new Disposables();
  /** Folders and project files that this session has dealt with. */
  readonly #seen = new Set<string>();
  readonly #proposals = new Map<string, string>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    documents: ModelDocuments,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(PROPOSAL, this));
    this.#owned.add(documents.onDidAnalyze(({ document }) => void this.#prepare(document.uri)));
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#proposals.get(uri.path);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #prepare(file: vscode.Uri): Promise<void> {
    const home = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath;
    const folder = dirname(file.fsPath);
    if (home === undefined || this.#seen.has(folder)) return;
    this.#seen.add(folder);
    if ((await findUp(["node_modules/layerwise/package.json"], folder, home)) !== undefined) return;
    try {
      await this.#declare(folder, home);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.warn(reason);
      if (this.#seen.has(home)) return;
      this.#seen.add(home);
      void vscode.window.showWarningMessage(`Model files in ${basename(home)} are not checked or completed. ${reason}`);
    }
  }

  async #declare(folder: string, home: string): Promise<void> {
    const existing = await findUp(["tsconfig.json", "jsconfig.json"], folder, home);
    const types = await copyTypes(vscode.Uri.joinPath(this.context.extensionUri, "dist", "types").fsPath, home);
    const path = existing ?? join(home, "tsconfig.json");
    if (await resolvesLayerwise(path)) return;
    if (this.#seen.has(path) || this.#answered.includes(path)) return;
    this.#seen.add(path);
    const question =
      existing === undefined
        ? `To check and complete model files, ${basename(home)} needs a tsconfig.json that says where "layerwise" is declared.`
        : `To check and complete model files, ${existing} needs the path to the declarations of "layerwise".`;
    const yes = existing === undefined ? create : showDifference;
    const answer = await vscode.window.showInformationMessage(question, yes, notHere);
    if (answer !== undefined) await this.context.workspaceState.update(ANSWERED, [...this.#answered, path]);
    if (answer === create) await createTsconfig(path, newTsconfig(types, home));
    else if (answer === showDifference) await this.#showDifference(path, types);
  }

  /** The proposal stands on the left: its changes can be taken over one by one into the file on the right. */
  async #showDifference(path: string, types: string): Promise<void> {
    const proposal = addPaths(await readFile(path, "utf8"), types, dirname(path));
    if (proposal === undefined) throw new Error(`${path} is not valid JSON: mend it, and open the model file again.`);
    this.#proposals.set(path, proposal);
    const left = vscode.Uri.from({ scheme: PROPOSAL, path });
    await vscode.commands.executeCommand("vscode.diff", left, vscode.Uri.file(path), `${basename(path)} (proposed ↔ yours)`);
  }

  get #answered(): readonly string[] {
    const answered: unknown = this.context.workspaceState.get(ANSWERED);
    return Array.isArray(answered) ? answered.filter((path) => typeof path === "string") : [];
  }
}

/** The TypeScript server does not notice a new project file everywhere, but it looks for one when it starts. */
async function createTsconfig(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: "wx" });
  const available = await vscode.commands.getCommands(true);
  const restarts = ["typescript.restartTsServer", "typescript.native-preview.restart"].filter((command) =>
    available.includes(command),
  );
  for (const command of restarts) await vscode.commands.executeCommand(command);
}
