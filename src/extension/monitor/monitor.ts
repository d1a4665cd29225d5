import { basename } from "node:path";
import * as vscode from "vscode";
import { ShownRun, type ImageFormat, type MonitorMessage, type MonitorRequest, type RunEvent } from "../../protocol";
import type { CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import { contextKeys } from "../contributions/contexts";
import { monitorViewType } from "../contributions/manifest";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { ModelDocuments } from "../models/modelDocuments";
import { MissingFiles } from "../models/missingFiles";
import { hasTab, homeFolder, isModelFile, renamedFile } from "../models/modelFiles";
import type { ResumeTarget } from "../training/resumeCommand";
import type { RunChange } from "../training/trainingRun";
import type { Trainings } from "../training/trainings";
import { DrawnModels } from "./drawnModels";
import { MonitorPanel } from "./monitorPanel";
import { recallSubject, rememberSubject, type MonitorSubject } from "./monitorSubject";
import { revealSource } from "./revealSource";
import { saveDiagram, type DiagramImage } from "./saveDiagram";
import { Throttle } from "./throttle";

/** Milliseconds between two progress messages: as often as an eye can follow. */
const PROGRESS_INTERVAL = 50;
/** Milliseconds between two looks at the runs folder. */
const RUNS_INTERVAL = 1000;

/** Shows runs and networks in one panel, and does what is asked for there. */
export class Monitor implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #owned = new Disposables();
  readonly #progress = this.#owned.add(new Throttle(() => this.#sendProgress(), PROGRESS_INTERVAL));
  readonly #runs = this.#owned.add(new Throttle(() => void this.#sendRuns(), RUNS_INTERVAL));
  #panel: MonitorPanel | undefined;
  #subject: MonitorSubject | undefined;
  #pending: RunEvent[] = [];
  #selected: readonly string[] = [];
  /** What is to be exported as soon as the page is there. */
  #export: ImageFormat | undefined;
  readonly #models: DrawnModels;
  readonly #missing = this.#owned.add(new MissingFiles(() => this.#subject?.file));

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly documents: ModelDocuments,
    private readonly trainings: Trainings,
    hidden: HiddenNumbers,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#models = new DrawnModels(documents, hidden);
    this.#owned.add(vscode.window.registerWebviewPanelSerializer(monitorViewType, this));
    this.#owned.add(trainings.onDidChange((change) => this.#runChanged(change)));
    this.#owned.add(trainings.onDidEnd(() => this.#runs.request()));
    this.#owned.add(documents.onDidAnalyze(({ document }) => void this.#networkChanged(document.uri)));
    this.#owned.add(documents.onDidClose((uri) => void this.#fileClosed(uri)));
    this.#owned.add(this.#missing.onDidChange((uri) => void this.#presenceChanged(uri)));
    this.#owned.add(vscode.window.tabGroups.onDidChangeTabs(() => void this.#tabsChanged()));
    this.#owned.add(vscode.workspace.onDidRenameFiles(({ files }) => void this.#filesRenamed(files)));
    this.#owned.add(hidden.onDidChange(() => void this.#sendShow()));
    this.#owned.add(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => void this.#follow(textEditor, true)));
    this.#owned.add(vscode.window.onDidChangeActiveTextEditor((editor) => void this.#follow(editor, true)));
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** What is shown; undefined while there is no panel. */
  get subject(): MonitorSubject | undefined {
    return this.#panel === undefined ? undefined : this.#subject;
  }

  async show(subject: MonitorSubject): Promise<void> {
    this.#subject = subject;
    if (this.#panel === undefined) this.#adopt(MonitorPanel.open());
    else this.#panel.reveal();
    await this.#sendAll();
    await this.#follow(this.#editor(), false);
  }

  /** Has the diagram that is shown saved as a file. The page of a panel behind another one is gone until that is in front. */
  export(format: ImageFormat): void {
    this.#panel?.reveal();
    this.#export = this.#post({ type: "export", format }) ? undefined : format;
  }

  /** After a reload of the window. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#subject = recallSubject(this.context.workspaceState);
    this.#panel?.dispose();
    this.#adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#owned.dispose();
    this.#panel?.dispose();
  }

  #adopt(webviewPanel: vscode.WebviewPanel): void {
    const panel = new MonitorPanel(webviewPanel, this.context.extensionUri, (request) => void this.#answer(request), this.log);
    panel.onDidDispose(() => {
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#export = undefined;
        this.#offerExport();
      }
      panel.dispose();
    });
    this.#panel = panel;
  }

  /** The command palette offers the export while there is a diagram, whatever has the focus. */
  #offerExport(): void {
    void vscode.commands.executeCommand("setContext", contextKeys.diagramOpen, this.subject?.view === "diagram");
  }

  async #answer(request: MonitorRequest): Promise<void> {
    switch (request.type) {
      case "ready":
        await this.#sendAll();
        await this.#follow(this.#editor(), false);
        if (this.#export !== undefined) this.export(this.#export);
        return;
      case "showRun":
        if (this.#subject === undefined) return;
        this.#subject = { ...this.#subject, run: request.run, view: "training" };
        return this.#sendShow();
      case "stop":
        return this.trainings.find(request.run)?.run.stop();
      case "resume":
        return this.#resume(request.run);
      case "train":
        return this.#train();
      case "reveal":
        return revealSource(request);
      case "showModel":
        if (this.#subject === undefined) return;
        this.#subject = { ...this.#subject, key: request.key };
        return this.#sendShow();
      case "save":
        return this.#save(request);
      case "exportFailed":
        void vscode.window.showErrorMessage(`The diagram was not exported. ${request.reason}`);
    }
  }

  async #train(): Promise<void> {
    const { file, plan, model, key } = { ...this.#subject };
    const target: CommandTarget | undefined = file
      ? { uri: file, plan, model: model ?? undefined, key: key ?? undefined }
      : undefined;
    await vscode.commands.executeCommand("layerwise.trainModel" satisfies CommandId, target);
  }

  async #resume(run: string): Promise<void> {
    if (this.#subject === undefined) return;
    const target: ResumeTarget = { home: this.#subject.home, run };
    await vscode.commands.executeCommand("layerwise.resumeTraining" satisfies CommandId, target);
  }

  async #save(image: DiagramImage): Promise<void> {
    const { file, home } = { ...this.#subject };
    const folder = file ? vscode.Uri.joinPath(file, "..") : home;
    if (folder === undefined) return;
    try {
      await saveDiagram(image, folder);
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  async #sendAll(): Promise<void> {
    await Promise.all([this.#sendRuns(), this.#sendShow()]);
  }

  async #sendRuns(): Promise<void> {
    if (this.#panel === undefined || this.#subject === undefined) return;
    const runs = await this.trainings.list(this.trainings.folder(this.#subject.home));
    this.#post({ type: "runs", runs });
  }

  async #sendShow(): Promise<void> {
    const subject = this.#subject;
    if (this.#panel === undefined) return;
    if (subject === undefined) {
      this.#post({ type: "show", history: null, network: null, models: [], view: "training" });
      return;
    }
    rememberSubject(this.context.workspaceState, subject);
    this.#offerExport();
    if (subject.run === null && subject.file !== null) await this.#reopen(subject.file);
    const history =
      subject.run === null ? undefined : await this.trainings.history(this.trainings.folder(subject.home), subject.run);
    if (subject !== this.#subject) return;
    // What the history holds by now need not be told again.
    this.#pending = [];
    const { file, view } = subject;
    const missing = subject.run === null && file !== null && this.#isGone(file);
    const ofFile = missing ? null : file && this.#models.network(file, subject);
    const network = history?.network ? this.#models.ofRun(history.network) : ofFile;
    this.#panel.title = view === "diagram" ? "Layer Diagram" : "Layerwise Monitor";
    this.#post({
      ...{ type: "show", network, view },
      history: history === undefined ? null : ShownRun.parse({ ...history, end: this.#models.endOfRun(history) }),
      ...(missing ? { missing: basename(file.fsPath) } : {}),
      models: file === null ? [] : this.#models.keys(file),
    });
    this.#post({ type: "select", layers: [...this.#selected] });
  }

  #sendProgress(): void {
    const shown = this.#subject?.run ?? null;
    const training = shown === null ? undefined : this.trainings.find(shown);
    if (training === undefined) return;
    const { history } = training.run;
    const events = this.#pending.splice(0);
    this.#post({
      ...{ type: "progress", run: history.run, state: history.state, end: this.#models.endOfRun(history) },
      stepRecords: events.filter((event) => event.event === "step"),
      epochEvents: events.filter((event) => event.event === "epoch"),
      diagnoses: events.filter((event) => event.event === "diagnosis"),
    });
  }

  #runChanged({ run, events }: RunChange): void {
    if (events.length === 0 || events.some(({ event }) => event !== "step")) this.#runs.request();
    const subject = this.#subject;
    if (subject === undefined || subject.run === null || !run.isNamed(subject.run)) return;
    if (events.some(({ event }) => event === "start")) {
      // The run has its name from now on, and the figures that all others are drawn against.
      this.#subject = { ...subject, run: run.history.run };
      void this.#sendShow();
      return;
    }
    this.#pending.push(...events);
    this.#progress.request();
  }

  async #networkChanged(uri: vscode.Uri): Promise<void> {
    const subject = this.#subject;
    if (subject?.file?.toString() !== uri.toString()) return;
    if (subject.run === null) await this.#sendShow();
    await this.#follow(this.#editor(), false);
  }

  /** What is drawn goes on following its file, though no editor shows it. */
  async #fileClosed(uri: vscode.Uri): Promise<void> {
    if (this.visible) await this.#presenceChanged(uri);
  }

  async #presenceChanged(uri: vscode.Uri): Promise<void> {
    if (this.#subject?.file?.toString() === uri.toString()) await this.#sendShow();
  }

  /** An editor shows a file's text on, though it was deleted: until it is closed, that is what is drawn. */
  async #tabsChanged(): Promise<void> {
    const file = this.#subject?.file;
    if (file && this.#missing.has(file)) await this.#sendShow();
  }

  #isGone(file: vscode.Uri): boolean {
    return this.#missing.has(file) && !hasTab(file);
  }

  /** Without an editor the file is not known any more. One that has been deleted has no network, until it is there again. */
  async #reopen(file: vscode.Uri): Promise<void> {
    if (!hasTab(file)) await this.#missing.look(file);
    if (this.#isGone(file)) return;
    try {
      await this.documents.open(file);
    } catch (error) {
      this.log.warn(`${file.fsPath} is not drawn: ${String(error)}`);
      await this.#missing.look(file);
    }
  }

  async #filesRenamed(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): Promise<void> {
    const subject = this.#subject;
    const before = subject?.file;
    if (subject === undefined || !before) return;
    const [file] = files.flatMap(({ oldUri, newUri }) => renamedFile(before, oldUri, newUri) ?? []);
    if (file === undefined) return;
    this.#subject = { ...subject, file };
    await this.#sendShow();
  }

  /** The editor that shows the file which is drawn. */
  #editor(): vscode.TextEditor | undefined {
    const file = this.#subject?.file?.toString();
    const isShown = (editor: vscode.TextEditor | undefined): boolean => editor?.document.uri.toString() === file;
    const { activeTextEditor: active, visibleTextEditors } = vscode.window;
    return isShown(active) ? active : visibleTextEditors.find(isShown);
  }

  /**
   * Selects the layer at the cursor. The diagram goes to the cursor's model, and to another model file with the reader.
   *
   * @param moved Whether the cursor has come there just now: a lens or the list may have chosen another model since.
   */
  async #follow(editor: vscode.TextEditor | undefined, moved: boolean): Promise<void> {
    const before = this.#subject;
    if (this.#panel === undefined || before === undefined || editor === undefined) return;
    const { uri } = editor.document;
    const same = before.file?.toString() === uri.toString();
    if (!same && (before.view !== "diagram" || !isModelFile(uri))) return;
    const place = await this.#models.at(editor);
    const subject = this.#subject;
    if (subject !== before) return;
    this.#selected = place.layers.map(({ name }) => name);
    if (subject.view === "diagram") {
      const key = this.#models.choose(uri, same ? subject.key : null, place, moved);
      if (!same || key !== subject.key) {
        const other = { home: homeFolder(uri), file: uri, model: null, key, run: null, view: "diagram" } as const;
        this.#subject = same ? { ...subject, key } : other;
        return this.#sendShow();
      }
    }
    this.#post({ type: "select", layers: [...this.#selected] });
  }

  /** @returns whether there is a page to read it. */
  #post(message: MonitorMessage): boolean {
    return this.#panel?.post(message) ?? false;
  }
}
