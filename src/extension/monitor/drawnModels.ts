import * as vscode from "vscode";
import type { EndEvent, LayerSummary, ModelSummary, Network, RunHistory } from "../../protocol";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import { withParts } from "../models/layerCalls";
import type { ModelDocuments } from "../models/modelDocuments";
import { keyedModels, type KeyedModel } from "../models/modelKeys";
import { drawnNetwork } from "./drawnNetwork";
import type { MonitorSubject } from "./monitorSubject";

/** What the cursor is in. */
export interface CursorPlace {
  /** The model's key; undefined outside of all models. */
  readonly key: string | undefined;
  /** The layers that the call at the cursor made; none outside of all calls. */
  readonly layers: readonly LayerSummary[];
}

interface KnownModel extends KeyedModel {
  /** From an earlier analysis. */
  readonly stale: boolean;
}

/** The models of open files as the diagram shows them. */
export class DrawnModels {
  constructor(
    private readonly documents: Pick<ModelDocuments, "get">,
    private readonly hidden: HiddenNumbers,
  ) {}

  /** The keys of a file's models. */
  keys(file: vscode.Uri): string[] {
    return this.#known(file).map(({ key }) => key);
  }

  /** The model of the key, else the first of the name, else the outermost of the file. */
  network(file: vscode.Uri, { key, model: name }: Pick<MonitorSubject, "key" | "model">): Network | null {
    const models = this.#known(file);
    const known =
      models.find((model) => model.key === key) ?? models.find(({ model }) => model.name === name) ?? outermost(models);
    if (known === undefined) return null;
    const analysis = this.documents.get(file)?.result?.analysis;
    const diagnostics = analysis === undefined ? [] : this.hidden.untoldDiagnostics(analysis);
    const isHidden = this.#hiddenLayers(
      file,
      models.map(({ model }) => model),
    );
    return drawnNetwork(known.model, { key: known.key, isHidden, diagnostics, stale: known.stale });
  }

  /** A run's network, as it was when the run began. */
  ofRun(model: ModelSummary): Network {
    const isHidden = model.file === null ? () => false : this.#hiddenLayers(vscode.Uri.file(model.file), [model]);
    return drawnNetwork(model, { isHidden, diagnostics: [], stale: false });
  }

  /** How a run ended; what made it fail may tell a size that is hidden. */
  endOfRun({ network, end }: RunHistory): EndEvent | null {
    if (end?.error === undefined) return end;
    return { ...end, error: this.hidden.untoldText(network === null ? [] : [network])(end.error) };
  }

  /** Where the cursor is, once the analysis of the newest text is there. */
  async at({ document, selection }: vscode.TextEditor): Promise<CursorPlace> {
    const known = this.documents.get(document.uri);
    await known?.settled();
    const hint = known?.hintAt(selection.active);
    if (hint !== undefined) return { key: hint.key, layers: hint.layers };
    const line = selection.active.line;
    const named = known?.annotations.models.find(({ offset }) => document.positionAt(offset).line === line);
    return { key: named?.key, layers: [] };
  }

  /**
   * The key of the model to draw: the one that was, as long as the cursor is in it; else the cursor's.
   *
   * @param moved Whether the cursor has come here just now: otherwise what was chosen by other means stays.
   */
  choose(file: vscode.Uri, shown: string | null, { key, layers: [layer] }: CursorPlace, moved: boolean): string | null {
    const models = this.#known(file);
    const current = models.find((model) => model.key === shown);
    if (key === undefined || (current !== undefined && !moved)) return shown;
    const isLayer = ({ name, line, column }: LayerSummary): boolean =>
      layer !== undefined && name === layer.name && line === layer.line && column === layer.column;
    return current !== undefined && withParts(current.model.layers).some(isLayer) ? current.key : key;
  }

  #known(file: vscode.Uri): KnownModel[] {
    const document = this.documents.get(file);
    const current = keyedModels(document?.result?.analysis.models ?? []);
    const stale = document?.failure !== undefined;
    const keys = new Set(current.map(({ key }) => key));
    const earlier = document?.annotations.models.filter((lens) => lens.stale && !keys.has(lens.key)) ?? [];
    return [...current.map((keyed) => ({ ...keyed, stale })), ...earlier.map(({ key, model }) => ({ key, model, stale: true }))];
  }

  #hiddenLayers(file: vscode.Uri, models: readonly ModelSummary[]): (layer: LayerSummary) => boolean {
    const calls = this.hidden.hiddenCalls(file, models);
    return ({ file: own, line, column }) => own === file.fsPath && calls.has(`${line}:${column}`);
  }
}

/** The first model that stands in no other. Where a function makes all of them under one name, the last one, which none can contain. */
function outermost(models: readonly KnownModel[]): KnownModel | undefined {
  const parts = models.flatMap(({ model }) => withParts(model.layers)).filter(({ layers }) => layers !== undefined);
  const inner = new Set(parts.map(placeOf));
  return models.find(({ model }) => !inner.has(placeOf(model))) ?? models.at(-1);
}

/** A model's name and the place where it was made, which it keeps as a part of another. */
function placeOf({ name, file, line, column }: Pick<LayerSummary, "name" | "file" | "line" | "column">): string {
  return JSON.stringify([name, file, line, column]);
}
