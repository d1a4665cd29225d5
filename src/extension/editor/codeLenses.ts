import * as vscode from "vscode";
import { UNKNOWN } from "../../format";
import type { CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { LayerHint, ModelLens } from "../models/annotations";
import { impactOf } from "../models/impact";
import { layerCalls } from "../models/layerCalls";
import { hintLabel } from "../models/layerText";
import type { ModelDocument } from "../models/modelDocument";
import type { ModelDocuments } from "../models/modelDocuments";
import { modelFileSelector } from "../models/modelFiles";
import { modelTitle } from "../models/modelText";
import { readSetting } from "../settings";
import type { EpochPace } from "../training/epochPace";

/** Shows a model's figures above it, the training actions above each `train(…)`, and where the user wants it each layer's figures above its call. */
export class ModelLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
    private readonly pace: Pick<EpochPace, "predict">,
  ) {
    this.#owned.add(documents.onDidAnalyze(() => this.#changed.fire()));
    this.#owned.add(hidden.onDidChange(() => this.#changed.fire()));
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("layerwise.codeLens")) this.#changed.fire();
      }),
    );
    this.#owned.add(vscode.languages.registerCodeLensProvider(modelFileSelector, this));
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const model = this.documents.get(document.uri);
    if (model === undefined) return [];
    const { hints } = model.annotations;
    const lenses = readSetting("layerwise.codeLens.enabled", document.uri) ? await this.#modelLenses(model) : [];
    if (readSetting("layerwise.hints.display", document.uri) !== "lens") return lenses;
    return [...lenses, ...hints.flatMap((hint) => this.#layerLens(document, hint) ?? [])];
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #modelLenses(model: ModelDocument): Promise<vscode.CodeLens[]> {
    const { document, annotations } = model;
    const titles = new Map(
      await Promise.all(annotations.models.map(async (lens) => [lens, await this.#modelTitle(model, lens)] as const)),
    );
    return [
      ...[...titles].map(
        ([
          {
            offset,
            stale,
            model: { name },
            key,
          },
          title,
        ]) => lensAt(document, offset, stale ? `~ ${title}` : title, "layerwise.showLayerDiagram", { model: name, key }),
      ),
      ...annotations.plans.flatMap(({ offset, plan, model: name, key }) => {
        const target = { plan: plan ?? undefined, model: name, key: key ?? undefined };
        return [
          lensAt(document, offset, "▶ Train model", "layerwise.trainModel", target),
          lensAt(document, offset, "Monitor", "layerwise.showMonitor", target),
          lensAt(document, offset, "Diagram", "layerwise.showLayerDiagram", target),
        ];
      }),
    ];
  }

  /** Of a model within the model the parts are asked for, too. */
  async #modelTitle({ document: { uri }, savedTotals }: ModelDocument, { model, key }: ModelLens): Promise<string> {
    const asked = layerCalls([model], uri.fsPath).filter(({ layers }) => layers.some(({ params }) => params));
    const open = asked.filter(({ layers }) => this.hidden.isHidden(uri, layers)).length;
    const saved = savedTotals.get(key);
    const seconds = impactOf(model.totals, saved) === undefined ? undefined : await this.pace.predict(uri, model);
    return modelTitle(model, { saved, predicted: { open, all: asked.length }, seconds });
  }

  #layerLens(document: vscode.TextDocument, { span, layers, model, key, stale }: LayerHint): vscode.CodeLens | undefined {
    const { shape, params } = hintLabel(layers, readSetting("layerwise.hints.detail", document.uri));
    const hidden = this.hidden.isHidden(document.uri, layers);
    const count = hidden ? UNKNOWN : params;
    const title = [shape, count === "" ? "" : `${count} params`].filter((part) => part !== "").join(" · ");
    if (title === "") return undefined;
    const command = hidden ? "layerwise.predictNumber" : "layerwise.showLayerDiagram";
    const target = { model: model.name, key, layer: layers[0].name };
    return lensAt(document, span.start, stale ? `~ ${title}` : title, command, target);
  }
}

function lensAt(
  document: vscode.TextDocument,
  offset: number,
  title: string,
  command: CommandId,
  target: Omit<CommandTarget, "uri">,
): vscode.CodeLens {
  const position = document.positionAt(offset);
  const lensTarget: CommandTarget = { uri: document.uri, ...target };
  return new vscode.CodeLens(new vscode.Range(position, position), { title, command, arguments: [lensTarget] });
}
