import * as vscode from "vscode";
import type { CommandId } from "../contributions/commands";
import { Disposables } from "../disposables";
import { formatCount } from "../../format";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { ModelDocuments } from "../models/modelDocuments";
import { isModelFile, isUnsavedModelFile } from "../models/modelFiles";

interface Status {
  readonly text: string;
  readonly detail?: string;
  readonly severity?: vscode.LanguageStatusSeverity;
  readonly command?: {
    readonly title: string;
    readonly command: CommandId | "workbench.trust.manage" | "workbench.action.files.save";
  };
}

/** Says beside the editor's language what is known of the model file, or why nothing is. */
export class ModelLanguageStatus implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #item: vscode.LanguageStatusItem;

  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
  ) {
    this.#item = this.#owned.add(
      vscode.languages.createLanguageStatusItem("layerwise.model", [
        { scheme: "file", pattern: "**/*.model.ts" },
        { scheme: "untitled", language: "typescript" },
      ]),
    );
    this.#item.name = "Layerwise";
    const update = (): void => this.#update();
    this.#owned.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.#owned.add(documents.onDidAnalyze(update));
    this.#owned.add(hidden.onDidChange(update));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(update));
    update();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const status = document === undefined ? { text: "Layerwise" } : this.#describe(document);
    this.#item.text = status.text;
    this.#item.detail = status.detail;
    this.#item.severity = status.severity ?? vscode.LanguageStatusSeverity.Information;
    this.#item.command = status.command;
  }

  #describe(document: vscode.TextDocument): Status {
    const severity = vscode.LanguageStatusSeverity.Warning;
    if (isUnsavedModelFile(document)) {
      const command = { title: "Save", command: "workbench.action.files.save" } as const;
      return { text: "Not saved", detail: "Save it as a .model.ts file to see its shapes and parameters", severity, command };
    }
    if (!isModelFile(document.uri)) return { text: "Layerwise" };
    if (!vscode.workspace.isTrusted) {
      const command = { title: "Manage Trust", command: "workbench.trust.manage" } as const;
      return {
        text: "Not evaluated",
        detail: "A model file is a program: trust the folder to see its numbers",
        severity,
        command,
      };
    }
    const model = this.documents.get(document.uri);
    if (model === undefined) {
      const command = { title: "Analyze", command: "layerwise.analyzeFile" } as const;
      return { text: "Not evaluated", detail: "The file lies outside the workspace folders", severity, command };
    }
    if (model.failure !== undefined)
      return { text: "Analysis failed", detail: model.failure, severity: vscode.LanguageStatusSeverity.Error };
    if (model.result === undefined) return { text: "Analyzing" };
    const told = this.hidden.untold(document.uri, model.result.analysis.models);
    const models = told.map(({ name, totals }) => `${name}: ${formatCount(totals.params)} params`);
    return {
      text: models.join(" · ") || "No model",
      detail: model.result.complete ? undefined : "The file did not run to its end",
    };
  }
}
