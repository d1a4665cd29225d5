import * as vscode from "vscode";
import type { CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import { Disposables } from "../disposables";
import type { ModelDocuments } from "../models/modelDocuments";
import { modelFileSelector } from "../models/modelFiles";
import { readSetting } from "../settings";

/** Shows a model's figures above it, and the training actions above each `train(…)`. */
export class ModelLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(private readonly documents: ModelDocuments) {
    this.#owned.add(documents.onDidAnalyze(() => this.#changed.fire()));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("layerwise.codeLens")) this.#changed.fire();
      }),
    );
    this.#owned.add(vscode.languages.registerCodeLensProvider(modelFileSelector, this));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const model = this.documents.get(document.uri);
    if (model === undefined || !readSetting("layerwise.codeLens.enabled", document.uri)) return [];
    const { models, plans } = model.annotations;
    const lens = (offset: number, title: string, command: CommandId, target: Omit<CommandTarget, "uri">): vscode.CodeLens => {
      const position = document.positionAt(offset);
      const lensTarget: CommandTarget = { uri: document.uri, ...target };
      return new vscode.CodeLens(new vscode.Range(position, position), { title, command, arguments: [lensTarget] });
    };
    return [
      ...models.map(({ offset, title, stale, model: name }) =>
        lens(offset, stale ? `~ ${title}` : title, "layerwise.showLayerDiagram", { model: name }),
      ),
      ...plans.flatMap(({ offset, plan, model: name }) => {
        const target = { plan: plan ?? undefined, model: name };
        return [
          lens(offset, "▶ Train model", "layerwise.trainModel", target),
          lens(offset, "Monitor", "layerwise.showMonitor", target),
          lens(offset, "Diagram", "layerwise.showLayerDiagram", target),
        ];
      }),
    ];
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
