import * as vscode from "vscode";
import { commandTarget, type CommandTarget } from "./commandTarget";
import type { CommandId } from "./contributions/commands";
import type { ModelSummaries } from "./editor/summaries";
import type { HiddenNumbers } from "./learning/hiddenNumbers";
import { predictNumber } from "./learning/predictNumber";
import type { LayerHint } from "./models/annotations";
import type { ModelDocuments } from "./models/modelDocuments";
import { homeFolder, isModelFile } from "./models/modelFiles";
import type { Monitor } from "./monitor/monitor";
import type { MonitorSubject } from "./monitor/monitorSubject";
import { chooseFormat } from "./monitor/saveDiagram";
import { newModelFile } from "./project/newModelFile";
import { resumeTarget, resumeTraining } from "./training/resumeCommand";
import { readSetting } from "./settings";
import { trainModel } from "./training/trainCommand";
import type { Training, Trainings } from "./training/trainings";

const manageTrust = "Manage Workspace Trust";

/** What the commands do. */
export class CommandHandlers {
  readonly handlers: Readonly<Record<CommandId, (argument: unknown) => Promise<void>>> = {
    "layerwise.trainModel": (argument) => this.#train(modelTarget(argument)),
    "layerwise.stopTraining": () => this.#stop(),
    "layerwise.resumeTraining": (argument) => this.#resume(argument),
    "layerwise.showMonitor": (argument) => this.#showMonitor(argument),
    "layerwise.showLayerDiagram": (argument) => this.#showDiagram(modelTarget(argument)),
    "layerwise.exportLayerDiagram": (argument) => this.#exportDiagram(argument),
    "layerwise.showSummary": (argument) => this.summaries.show(modelTarget(argument).uri),
    "layerwise.predictNumber": (argument) => this.#predict(modelTarget(argument)),
    "layerwise.forgetPredictions": (argument) => this.hidden.forget(modelTarget(argument).uri),
    "layerwise.newModelFile": (argument) => newModelFile(argument, this.templates),
    "layerwise.analyzeFile": async (argument) => {
      await this.documents.analyze(modelTarget(argument).uri);
    },
  };

  constructor(
    private readonly documents: ModelDocuments,
    private readonly trainings: Trainings,
    private readonly monitor: Monitor,
    private readonly summaries: ModelSummaries,
    private readonly hidden: HiddenNumbers,
    /** Absolute path of the folder with the templates of model files. */
    private readonly templates: string,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Registers every command; what one throws is shown to the user. */
  register(): vscode.Disposable {
    const registered = Object.entries(this.handlers).map(([id, handle]) =>
      vscode.commands.registerCommand(id, async (argument: unknown) => {
        try {
          await handle(argument);
        } catch (error) {
          await this.#report(error);
        }
      }),
    );
    return vscode.Disposable.from(...registered);
  }

  async #train(target: CommandTarget): Promise<void> {
    this.#showTraining(await trainModel(this.documents, this.trainings, this.hidden, target));
  }

  async #resume(argument: unknown): Promise<void> {
    const target = resumeTarget(argument);
    this.#showTraining(await resumeTraining(this.trainings, target?.home ?? this.#home(argument), target?.run));
  }

  #showTraining(training: Training | undefined): void {
    if (training === undefined) return;
    const { run, request } = training;
    void this.monitor.show({
      ...subjectOf(request.file),
      plan: request.plan,
      model: request.model,
      key: request.key,
      run: run.history.run,
      view: "training",
    });
  }

  async #stop(): Promise<void> {
    const { active } = this.trainings;
    const items = active.map(({ run }) => ({ label: run.history.model, description: run.history.state, run }));
    const chosen = items.length > 1 ? await vscode.window.showQuickPick(items, { title: "Stop which training?" }) : items[0];
    chosen?.run.stop();
  }

  /** Shows the newest run of the model, or of the folder where the command names no model. */
  async #showMonitor(argument: unknown): Promise<void> {
    const target = this.#monitorTarget(argument);
    const home = this.#home(argument);
    const runs = await this.trainings.list(this.trainings.folder(home));
    const model = target?.model ?? null;
    const run = runs.find((item) => model === null || item.model === model)?.run ?? null;
    await this.monitor.show({
      home,
      file: target?.uri ?? null,
      plan: target?.plan,
      model,
      key: target?.key ?? null,
      run,
      view: "training",
    });
  }

  /** The folder whose runs a command is about. @throws where none is open. */
  #home(argument: unknown): vscode.Uri {
    const target = this.#monitorTarget(argument);
    const home = target === undefined ? vscode.workspace.workspaceFolders?.[0]?.uri : homeFolder(target.uri);
    if (home === undefined) throw new Error("There are no runs yet: open a folder with a .model.ts file.");
    return home;
  }

  /** The model file that the command names, else the one that is being trained. */
  #monitorTarget(argument: unknown): CommandTarget | undefined {
    const target = commandTarget(argument);
    if (target !== undefined && isModelFile(target.uri)) return target;
    const training = this.trainings.active.at(-1)?.request;
    return training && { uri: training.file, plan: training.plan, model: training.model, key: training.key ?? undefined };
  }

  async #showDiagram(target: CommandTarget): Promise<void> {
    await this.documents.analyze(target.uri);
    const { uri, plan, model = null, key = null } = target;
    await this.monitor.show({ ...subjectOf(uri), plan, model, key, view: "diagram" });
  }

  /** Exports the diagram that is shown, or first shows that of the model file which the command names. */
  async #exportDiagram(argument: unknown): Promise<void> {
    const shown = this.monitor.subject;
    const named = commandTarget(argument);
    const target = named !== undefined && isModelFile(named.uri) ? named : undefined;
    const isShown = shown?.view === "diagram" && (target === undefined || shown.file?.toString() === target.uri.toString());
    if (!isShown && target === undefined)
      throw new Error("No layer diagram is shown, and no model file is open. Open a .model.ts file.");
    const format = await chooseFormat();
    if (format === undefined) return;
    if (!isShown && target !== undefined) await this.#showDiagram(target);
    this.monitor.export(format);
  }

  /** The layer that the command names, else the one at the cursor, else the first that is still to be predicted. */
  async #predict({ uri, layer, key }: CommandTarget): Promise<void> {
    await this.documents.analyze(uri);
    const document = this.documents.get(uri);
    const hints = document?.annotations.hints ?? [];
    const editor = vscode.window.activeTextEditor;
    const atCursor = editor?.document.uri.toString() === uri.toString() ? document?.hintAt(editor.selection.active) : undefined;
    const named = hints.find((hint) => hint.layers[0].name === layer && hint.key === key);
    const isOpen = (hint: LayerHint | undefined): boolean => hint !== undefined && this.hidden.isHidden(uri, hint.layers);
    const hint = named ?? (isOpen(atCursor) ? atCursor : hints.find(isOpen));
    if (hint === undefined) {
      const advice = readSetting("layerwise.hints.predict", uri)
        ? "All are predicted"
        : "Switch on layerwise.hints.predict first";
      throw new Error(`There is no number to predict in ${uri.fsPath}. ${advice}.`);
    }
    const derivation = await predictNumber(uri, hint, this.hidden);
    if (derivation !== undefined) void vscode.window.showInformationMessage(derivation);
  }

  async #report(error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(error instanceof Error ? error : message);
    const untrusted = !vscode.workspace.isTrusted;
    const choice = await vscode.window.showErrorMessage(message, ...(untrusted ? [manageTrust] : []));
    if (choice === manageTrust) await vscode.commands.executeCommand("workbench.trust.manage");
  }
}

function modelTarget(argument: unknown): CommandTarget {
  const target = commandTarget(argument);
  if (target === undefined)
    throw new Error("No model file is open. Open a .model.ts file, or make one with Layerwise: New Model File.");
  return target;
}

function subjectOf(file: vscode.Uri): MonitorSubject {
  return { home: homeFolder(file), file, model: null, key: null, run: null, view: "training" };
}
