import { formatBytes, formatCount, formatShapes, formatShare, UNKNOWN } from "../../format";
import type { LayerSummary, ModelSummary, PlanSummary } from "../../protocol";
import { escapeMarkdown } from "../math/picture";
import { modelCosts } from "../models/costs";

/** Longer models are summed up: the summary has all their layers. */
const ROWS = 20;

/** What a hover says about a model, in Markdown. @param hidden Whether some of its numbers, left out, are still to be predicted. */
export function modelHover(model: ModelSummary, plan: PlanSummary | undefined, hidden: boolean): string {
  const { name, totals, inputShape, outputShape } = model;
  const shown = model.layers.slice(0, ROWS);
  const rows = shown.map((layer) => layerRow(layer, totals.params, hidden));
  const more = model.layers.length - shown.length;
  const table = [
    "| Layer | &emsp;Output | &emsp;Parameters | |",
    "|:--|:--|--:|--:|",
    ...rows,
    ...(more > 0 ? [`| … ${more} more | | | |`] : []),
  ];
  const heading = `**${escapeMarkdown(name)}** · ${escapeMarkdown(`${formatShapes(inputShape)} → ${formatShapes(outputShape)}`)}`;
  return [heading, table.join("\n"), hidden ? "Parameters: ?" : totalsText(model, plan)].join("\n\n");
}

function layerRow({ name, type, outputShape, params }: LayerSummary, total: number | null, hidden: boolean): string {
  const count = params === 0 ? "" : formatCount(params);
  const share = hidden || params === 0 ? "" : formatShare(params, total);
  return `| ${escapeMarkdown(name)} *${escapeMarkdown(type)}* | &emsp;${escapeMarkdown(formatShapes(outputShape))} | ${count} | &emsp;${share} |`;
}

function totalsText(model: ModelSummary, plan: PlanSummary | undefined): string {
  const { params, nonTrainable, flops } = model.totals;
  const costs = modelCosts(model, plan?.optimizer);
  const bytes = (value: number | null, factor = 1): string => (value === null ? UNKNOWN : formatBytes(value * factor));
  const fixed = nonTrainable ? `, ${formatCount(nonTrainable)} of them not trained` : "";
  const memory = [`weights ${bytes(costs.weightBytes)}`];
  if (plan !== undefined) {
    memory.push(`gradients ${bytes(costs.weightBytes)}`);
    if (plan.optimizer.slots.length > 0) memory.push(`${plan.optimizer.name} ${bytes(costs.optimizerBytes)}`);
    memory.push(`outputs of a batch of ${plan.batchSize} ${bytes(costs.activationBytes, plan.batchSize)}`);
  }
  const lines = [
    `${formatCount(params)} parameters${fixed}; ${formatCount(flops)} FLOPs for one sample.`,
    `Memory: ${memory.join(", ")}.`,
  ];
  return lines.map(escapeMarkdown).join("  \n");
}
