import * as vscode from "vscode";
import { commandLink, type CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import { mathMarkdown } from "../math/picture";
import type { Formula } from "../math/tex";
import type { LayerHint, ModelLens } from "../models/annotations";
import type { ModelDocuments } from "../models/modelDocuments";
import { keyedModels } from "../models/modelKeys";
import { layerHover } from "./layerHover";
import { modelHover } from "./modelHover";

/** Baked into the pictures: they do not see the theme. */
const inkColors: Readonly<Record<vscode.ColorThemeKind, string>> = {
  [vscode.ColorThemeKind.Light]: "#3b3b3b",
  [vscode.ColorThemeKind.Dark]: "#cccccc",
  [vscode.ColorThemeKind.HighContrast]: "#ffffff",
  [vscode.ColorThemeKind.HighContrastLight]: "#292929",
};

/** VS Code cuts a hover's Markdown at 100,000 characters: the words beside the pictures must fit too. */
const PICTURES = 90_000;
const linked: readonly CommandId[] = ["layerwise.predictNumber", "layerwise.showSummary", "layerwise.showLayerDiagram"];

/** The hovers of layers and models, as Markdown with pictures in the colour of the present theme. */
export class HoverTexts {
  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
  ) {}

  async ofLayer(file: vscode.Uri, hint: LayerHint): Promise<vscode.MarkdownString> {
    const { layers, model, key } = hint;
    const [first] = layers;
    const target = { uri: file, model: model.name, key, layer: first.name };
    const asks = this.hidden.isHidden(file, layers);
    const question = asks ? commandLink("Predict the parameters", "layerwise.predictNumber", target) : undefined;
    const documentation = this.#analysis(file)?.documentation[first.documentation ?? -1] ?? null;
    const [told = model] = this.hidden.untold(file, [model]);
    const subject = { hint, documentation, plan: this.#plan(file, key), question, showsShares: told === model };
    const text = layerHover(subject, await this.#mathematics());
    return markdown([text, this.#links({ uri: file, model: model.name, key })]);
  }

  ofModel(file: vscode.Uri, { model, key }: ModelLens): vscode.MarkdownString {
    const [told = model] = this.hidden.untold(file, [model]);
    const text = modelHover(told, this.#plan(file, key), told !== model);
    return markdown([text, this.#links({ uri: file, model: model.name, key })]);
  }

  #links(target: CommandTarget): string {
    const links = [
      commandLink("Summary", "layerwise.showSummary", target),
      commandLink("Diagram", "layerwise.showLayerDiagram", target),
    ];
    return links.join(" · ");
  }

  async #mathematics(): Promise<(formula: Formula) => string> {
    const { typeset } = await import("../math/typeset");
    const color = inkColors[vscode.window.activeColorTheme.kind];
    let left = PICTURES;
    return (formula) => {
      const text = mathMarkdown(formula, color, typeset, left);
      left -= text.length;
      return text;
    };
  }

  #analysis(file: vscode.Uri) {
    return this.documents.get(file)?.result?.analysis;
  }

  /** A plan that trains the model. */
  #plan(file: vscode.Uri, key: string) {
    const { models = [], plans = [] } = { ...this.#analysis(file) };
    const keyed = keyedModels(models);
    return plans.find(({ modelIndex }) => keyed[modelIndex]?.key === key);
  }
}

function markdown(paragraphs: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(paragraphs.join("\n\n"));
  text.isTrusted = { enabledCommands: [...linked] };
  return text;
}
