import * as vscode from "vscode";
import type { AnalyzeOptions, AnalyzerClient, Analyzed, DiagnosticPlace } from "../../client";
import type { Diagnostic, Fix } from "../../protocol";
import { Disposables } from "../disposables";
import { readSetting } from "../settings";
import { ModelDocument } from "./modelDocument";
import { isModelFile } from "./modelFiles";

/** What a model file may import. */
const SOURCES = "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json}";

/**
 * Every open model file and its analyses. They follow each change of the file and of what it imports, saved or not. Nothing is evaluated in a
 * folder that is not trusted, and a file outside the workspace folders only on command.
 */
export class ModelDocuments implements vscode.Disposable {
  readonly #documents = new Map<string, ModelDocument>();
  /** Files outside the workspace folders that a command asked for. */
  readonly #requested = new Set<string>();
  readonly #owned = new Disposables();
  readonly #analyzed = this.#owned.add(new vscode.EventEmitter<ModelDocument>());
  readonly #closed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidAnalyze = this.#analyzed.event;
  readonly onDidClose = this.#closed.event;

  constructor(
    private readonly analyzer: AnalyzerClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher(SOURCES));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
      this.#owned.add(event((uri) => this.#sourceChanged(uri)));
    }
    this.#owned.add(vscode.workspace.onDidOpenTextDocument((document) => this.#open(document)));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#owned.add(vscode.workspace.onDidChangeTextDocument((event) => this.#textChanged(event)));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("layerwise.diagnostics")) this.#refreshAll();
      }),
    );
    this.#owned.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#sourceChanged(uri)));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#openAll()));
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#openAll()));
    this.#openAll();
  }

  /** The state of an open model file that may be evaluated. */
  get(uri: vscode.Uri): ModelDocument | undefined {
    return this.#documents.get(uri.toString());
  }

  /** The analysis of a model file's newest text; opens the file and lifts the limit to the workspace folders for it. */
  async analyze(uri: vscode.Uri): Promise<Analyzed> {
    if (!isModelFile(uri)) throw new Error(`${uri.fsPath} is not a model file: the name of a model file ends with .model.ts.`);
    if (!vscode.workspace.isTrusted)
      throw new Error(`${uri.fsPath} is a program and is not evaluated before you trust this folder.`);
    this.#requested.add(uri.toString());
    const document = await vscode.workspace.openTextDocument(uri);
    this.#open(document);
    const model = this.get(uri);
    if (model === undefined) throw new Error(`${uri.fsPath} was closed.`);
    return model.refresh();
  }

  /** Has a model file that no editor shows analyzed, where it may be. @throws where it cannot be read. */
  async open(uri: vscode.Uri): Promise<void> {
    if (this.get(uri) !== undefined || !this.#mayEvaluate(uri)) return;
    this.#open(await vscode.workspace.openTextDocument(uri));
    await this.get(uri)?.settled();
  }

  /** The fixes of a diagnostic in an open model file, each tried on its newest text. */
  async fixes({ uri }: vscode.TextDocument, at: DiagnosticPlace, signal: AbortSignal): Promise<Fix[]> {
    if (this.get(uri) === undefined) return [];
    const diagnostics: Diagnostic[] = await this.analyzer.fixes(uri.fsPath, this.#optionsFor(uri, signal), at);
    return diagnostics.flatMap(({ fixes }) => fixes);
  }

  /** All fixes of an open model file together that may be applied unseen. */
  async fixAll({ uri }: vscode.TextDocument, signal: AbortSignal): Promise<Fix | null> {
    return this.get(uri) === undefined ? null : this.analyzer.fixAll(uri.fsPath, this.#optionsFor(uri, signal));
  }

  dispose(): void {
    this.#owned.dispose();
    for (const model of this.#documents.values()) model.dispose();
    this.#documents.clear();
  }

  #openAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#open(document);
  }

  #open(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (this.#documents.has(key) || document.isClosed || !this.#mayEvaluate(document.uri)) return;
    const model = new ModelDocument(document, (text, signal) => this.#analyze(text, signal));
    this.#documents.set(key, model);
    model.onDidAnalyze(() => this.#analyzed.fire(model));
    this.#refresh(model);
  }

  #close({ uri }: vscode.TextDocument): void {
    const key = uri.toString();
    this.#documents.get(key)?.dispose();
    if (this.#documents.delete(key)) this.#closed.fire(uri);
  }

  #mayEvaluate(uri: vscode.Uri): boolean {
    if (!isModelFile(uri) || !vscode.workspace.isTrusted) return false;
    return vscode.workspace.getWorkspaceFolder(uri) !== undefined || this.#requested.has(uri.toString());
  }

  #textChanged({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || vscode.languages.match({ scheme: "file", pattern: SOURCES }, document) === 0) return;
    this.get(document.uri)?.move(contentChanges);
    this.#sourceChanged(document.uri);
  }

  /** A file that did not run to its end may have missed any file: its sources are not all known. */
  #sourceChanged({ fsPath }: vscode.Uri): void {
    for (const model of this.#documents.values()) {
      const uses = model.document.uri.fsPath === fsPath || model.result?.sources.includes(fsPath);
      if (uses || model.result?.complete === false) this.#refresh(model);
    }
  }

  #refreshAll(): void {
    for (const model of this.#documents.values()) this.#refresh(model);
  }

  #refresh(model: ModelDocument): void {
    model.refresh().catch((error: unknown) => {
      if (!model.document.isClosed) this.log.error(`${model.document.uri.fsPath} could not be analyzed: ${String(error)}`);
    });
  }

  #analyze({ uri }: vscode.TextDocument, signal: AbortSignal): Promise<Analyzed> {
    return this.analyzer.analyze(uri.fsPath, this.#optionsFor(uri, signal));
  }

  #optionsFor(uri: vscode.Uri, signal: AbortSignal): AnalyzeOptions {
    const open = vscode.workspace.textDocuments.filter(
      (document) => document.uri.scheme === "file" && (document.isDirty || document.uri.fsPath === uri.fsPath),
    );
    return {
      overlays: Object.fromEntries(open.map((document) => [document.uri.fsPath, document.getText()])),
      timeLimit: readSetting("layerwise.analysis.timeLimit", uri),
      disabled: readSetting("layerwise.diagnostics.disabled", uri),
      signal,
    };
  }
}
