import * as vscode from "vscode";
import { UNKNOWN } from "../../format";
import type { CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { LayerHint } from "../models/annotations";
import { hintLabel } from "../models/layerText";
import type { ModelDocuments } from "../models/modelDocuments";
import { modelFileSelector } from "../models/modelFiles";
import { readSetting } from "../settings";
import type { HoverTexts } from "./hoverTexts";

/** A hint that knows what its tooltip is about. */
class LayerInlayHint extends vscode.InlayHint {
  constructor(
    position: vscode.Position,
    label: string | vscode.InlayHintLabelPart[],
    readonly file: vscode.Uri,
    readonly hint: LayerHint,
  ) {
    super(position, label);
    this.paddingLeft = true;
  }
}

/** Shows beside each layer's call what comes out of it and how many parameters it has, or asks for that number. */
export class LayerHintsProvider implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
    private readonly texts: HoverTexts,
  ) {
    this.#owned.add(documents.onDidAnalyze(() => this.#changed.fire()));
    this.#owned.add(hidden.onDidChange(() => this.#changed.fire()));
    this.#owned.add(vscode.languages.registerInlayHintsProvider(modelFileSelector, this));
  }

  /** Waits for the analysis under way: until then the editor keeps the hints it has, so that nothing flickers. */
  async provideInlayHints(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.InlayHint[]> {
    const model = this.documents.get(document.uri);
    if (model === undefined || readSetting("layerwise.hints.display", document.uri) !== "inlay") return [];
    await model.settled();
    return model.annotations.hints.flatMap((hint) => {
      const position = document.positionAt(hint.span.end);
      const label = this.#label(document.uri, hint);
      return range.contains(position) && label !== "" ? [new LayerInlayHint(position, label, document.uri, hint)] : [];
    });
  }

  async resolveInlayHint(inlay: vscode.InlayHint): Promise<vscode.InlayHint> {
    if (inlay instanceof LayerInlayHint) inlay.tooltip = await this.texts.ofLayer(inlay.file, inlay.hint);
    return inlay;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #label(uri: vscode.Uri, { layers, model, key, stale }: LayerHint): string | vscode.InlayHintLabelPart[] {
    const { shape, params } = hintLabel(layers, readSetting("layerwise.hints.detail", uri));
    const prefix = stale ? "~ " : "";
    if (!this.hidden.isHidden(uri, layers)) {
      const label = [shape, params].filter((part) => part !== "").join(" · ");
      return label === "" ? "" : prefix + label;
    }
    const question = new vscode.InlayHintLabelPart(`${UNKNOWN} params`);
    const target: CommandTarget = { uri, model: model.name, key, layer: layers[0].name };
    question.command = { title: "Predict Number", command: "layerwise.predictNumber" satisfies CommandId, arguments: [target] };
    return [new vscode.InlayHintLabelPart(prefix + (shape === "" ? "" : `${shape} · `)), question];
  }
}
