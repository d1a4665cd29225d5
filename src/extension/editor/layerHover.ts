import { formatBytes, formatCount, formatShapes, formatShare, UNKNOWN } from "../../format";
import type { LayerDocumentation, LayerSummary, PlanSummary } from "../../protocol";
import { deriveParameters, deriveRepeatedParameters } from "../math/derivation";
import { outputFormula } from "../math/outputFormula";
import { escapeMarkdown } from "../math/picture";
import type { Formula } from "../math/tex";
import type { LayerHint } from "../models/annotations";
import { type Costs, layerCosts, modelCosts } from "../models/costs";
import { flattenedShape } from "../models/flattenedShape";
import { layerNames } from "../models/layerText";

/** Where no plan says otherwise; Keras's default. */
const BATCH_SIZE = 32;

export interface LayerHoverSubject {
  readonly hint: LayerHint;
  readonly documentation: LayerDocumentation | null;
  /** A plan that trains the layer's model. */
  readonly plan: PlanSummary | undefined;
  /** Where the learner is still to predict the number of parameters: the Markdown that asks for it. */
  readonly question: string | undefined;
  /** Whether the whole is known too: a share would tell it. */
  readonly showsShares: boolean;
}

/** What a hover says about the layers of a call, in Markdown: what they compute, how their parameters are counted, what they cost. */
export function layerHover(subject: LayerHoverSubject, math: (formula: Formula) => string): string {
  const { hint, documentation, plan, question } = subject;
  const { layers, model } = hint;
  const [first] = layers;
  const last = layers.at(-1) ?? first;
  const batchSize = plan?.batchSize ?? BATCH_SIZE;
  const shapes = escapeMarkdown(`${formatShapes(first.inputShape)} → ${formatShapes(last.outputShape)}`);
  const formula = outputFormula(question === undefined ? first : withoutTellingShapes(first), documentation, batchSize);
  const sections = [
    `**${escapeMarkdown(layerNames(layers))}** · ${escapeMarkdown(first.type)} · ${shapes}`,
    ...(hint.stale ? ["*From before: the file does not compile at the moment.*"] : []),
    ...(question === undefined ? derivations(hint).map(math) : [question]),
    ...(documentation === null || documentation.summary === "" ? [] : ["---", escapeMarkdown(documentation.summary)]),
    ...(formula === undefined ? [] : [math(formula)]),
    "---",
    costTable(layers, subject, batchSize, model.name),
    ...(documentation === null || !/^https:\/\/[^\s()]+$/.test(documentation.source)
      ? []
      : [`[${escapeMarkdown(linkTitle(documentation.source))}](${documentation.source})`]),
  ];
  return sections.join("\n\n");
}

function derivations({ layers, model }: LayerHint): Formula[] {
  const [first, ...others] = layers;
  const formulas = [deriveParameters(first, flattenedShape(first, model))];
  if (others.length > 0) formulas.push(deriveRepeatedParameters(layers));
  return formulas.filter((formula) => formula !== undefined);
}

/** The shape of a weight with one dimension is the number that is asked for where there are no others. */
function withoutTellingShapes(layer: LayerSummary): LayerSummary {
  return layer.weights.every(({ shape }) => shape.length < 2) ? { ...layer, weights: [] } : layer;
}

function costTable(
  layers: readonly LayerSummary[],
  { hint: { model }, plan, question, showsShares }: LayerHoverSubject,
  batchSize: number,
  modelName: string,
): string {
  const hidden = question !== undefined;
  const [own, whole] = [layerCosts(layers, plan?.optimizer), modelCosts(model, plan?.optimizer)];
  const row = (title: string, cost: keyof Costs, write: (value: number) => string, factor = 1): string => {
    const value = own[cost];
    const share = showsShares || cost === "activationBytes" ? formatShare(value, whole[cost]) : UNKNOWN;
    return `| ${title} | &emsp;${value === null ? UNKNOWN : write(value * factor)} | &emsp;${share} |`;
  };
  const slots = plan?.optimizer.slots.join(", ") ?? "";
  return [
    `| | | &emsp;of ${escapeMarkdown(modelName)} |`,
    "|:--|--:|--:|",
    hidden ? "| Parameters | ? | ? |" : row("Parameters", "params", formatCount),
    ...(hidden ? [] : [row("FLOPs, one sample", "flops", formatCount), row("Memory of weights", "weightBytes", formatBytes)]),
    ...(hidden || slots === ""
      ? []
      : [row(escapeMarkdown(`Memory of ${plan?.optimizer.name ?? ""}: ${slots}`), "optimizerBytes", formatBytes)]),
    row(`Memory of outputs, batch of ${batchSize}`, "activationBytes", formatBytes, batchSize),
  ].join("\n");
}

function linkTitle(source: string): string {
  return source.startsWith("https://keras.io/") ? "Keras's page" : new URL(source).hostname;
}
