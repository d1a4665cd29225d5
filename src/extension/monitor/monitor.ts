import * as vscode from "vscode";
import type { ModelSummary, MonitorMessage, MonitorRequest, RunEvent } from "../../protocol";
import type { CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import { monitorViewType } from "../contributions/manifest";
import { Disposables } from "../disposables";
import type { ModelDocuments } from "../models/modelDocuments";
import type { ResumeTarget } from "../training/resumeCommand";
import type { RunChange } from "../training/trainingRun";
import type { Trainings } from "../training/trainings";
import { MonitorPanel } from "./monitorPanel";
import { recallSubject, rememberSubject, type MonitorSubject } from "./monitorSubject";
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
  #selected: string | null = null;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly documents: ModelDocuments,
    private readonly trainings: Trainings,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#owned.add(vscode.window.registerWebviewPanelSerializer(monitorViewType, this));
    this.#owned.add(trainings.onDidChange((change) => this.#runChanged(change)));
    this.#owned.add(trainings.onDidEnd(() => this.#runs.request()));
    this.#owned.add(documents.onDidAnalyze(({ document }) => this.#networkChanged(document.uri)));
    this.#owned.add(vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#selectLayer(textEditor)));
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** What is shown; undefined while there is no panel. */
  get subject(): MonitorSubject | undefined {
    return this.#panel === undefined ? undefined : this.#subject;
  }

  show(subject: MonitorSubject): void {
    this.#subject = subject;
    if (this.#panel === undefined) this.#adopt(MonitorPanel.open());
    else this.#panel.reveal();
    void this.#sendAll();
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
      if (this.#panel === panel) this.#panel = undefined;
      panel.dispose();
    });
    this.#panel = panel;
  }

  async #answer(request: MonitorRequest): Promise<void> {
    switch (request.type) {
      case "ready":
        return this.#sendAll();
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
        return this.#reveal(request);
    }
  }

  async #train(): Promise<void> {
    const { file, plan, model } = { ...this.#subject };
    const target: CommandTarget | undefined = file ? { uri: file, plan, model: model ?? undefined } : undefined;
    await vscode.commands.executeCommand("layerwise.trainModel" satisfies CommandId, target);
  }

  async #resume(run: string): Promise<void> {
    if (this.#subject === undefined) return;
    const target: ResumeTarget = { home: this.#subject.home, run };
    await vscode.commands.executeCommand("layerwise.resumeTraining" satisfies CommandId, target);
  }

  async #reveal({ file, line, column }: { file: string; line: number; column: number }): Promise<void> {
    const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
    const selection = new vscode.Range(position, position);
    const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file);
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
    try {
      await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn, selection });
    } catch (error) {
      this.log.warn(`${file} could not be opened: ${String(error)}`);
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
      this.#post({ type: "show", history: null, network: null, view: "training" });
      return;
    }
    rememberSubject(this.context.workspaceState, subject);
    const history =
      subject.run === null ? undefined : await this.trainings.history(this.trainings.folder(subject.home), subject.run);
    if (subject !== this.#subject) return;
    // What the history holds by now need not be told again.
    this.#pending = [];
    this.#post({ type: "show", history: history ?? null, network: this.#network(subject), view: subject.view });
  }

  #sendProgress(): void {
    const shown = this.#subject?.run ?? null;
    const training = shown === null ? undefined : this.trainings.find(shown);
    if (training === undefined) return;
    const { run, state, end } = training.run.history;
    const events = this.#pending.splice(0);
    this.#post({
      ...{ type: "progress", run, state, end },
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

  #networkChanged(uri: vscode.Uri): void {
    const subject = this.#subject;
    if (subject?.run === null && subject.file?.toString() === uri.toString()) void this.#sendShow();
  }

  #selectLayer({ document, selection }: vscode.TextEditor): void {
    if (document.uri.toString() !== this.#subject?.file?.toString()) return;
    const layer = this.documents.get(document.uri)?.layerAt(selection.active) ?? null;
    if (layer === this.#selected) return;
    this.#selected = layer;
    this.#post({ type: "selectLayer", layer });
  }

  #network({ file, model }: MonitorSubject): ModelSummary | null {
    const models = (file === null ? undefined : this.documents.get(file))?.result?.analysis.models ?? [];
    return models.find(({ name }) => name === model) ?? models[0] ?? null;
  }

  #post(message: MonitorMessage): void {
    this.#panel?.post(message);
  }
}
