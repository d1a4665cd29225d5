import type { LayerSummary, ModelSummary, ModelTotals } from "../protocol";
import { formatBytes, formatCount, UNKNOWN } from "./numbers";
import { formatKerasShapes } from "./shapes";

interface Column {
  readonly title: string;
  readonly alignRight?: boolean;
  cell(layer: LayerSummary): string;
}

const COLUMNS: readonly Column[] = [
  { title: "Layer (type)", cell: ({ name, type }) => `${name} (${type})` },
  { title: "Output Shape", cell: ({ outputShape }) => formatKerasShapes(outputShape) },
  { title: "Param #", alignRight: true, cell: ({ params }) => formatCount(params) },
];
/** Only a functional model's layers may be connected otherwise than one after the other. */
const CONNECTED_TO: Column = { title: "Connected to", cell: ({ inbound }) => (inbound.length === 0 ? "-" : inbound.join(", ")) };

/** A line of a summary. */
export interface SummaryLine {
  readonly text: string;
  /** The layer that the line describes. */
  readonly layer?: LayerSummary;
}

/** A model as Keras prints it, with its FLOPs. */
export function summaryLines(model: ModelSummary): SummaryLine[] {
  const columns = model.kind === "functional" ? [...COLUMNS, CONNECTED_TO] : COLUMNS;
  const others = formatTotals(model.totals).map((text) => ({ text }));
  return [{ text: `Model: "${model.name}"` }, ...tableLines(columns, model.layers), ...others];
}

export function formatModel(model: ModelSummary): string {
  return summaryLines(model)
    .map(({ text }) => text)
    .join("\n");
}

function tableLines(columns: readonly Column[], layers: readonly LayerSummary[]): SummaryLine[] {
  const rows = layers.map((layer) => columns.map((column) => column.cell(layer)));
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[], edge: string): string =>
    `${edge} ${cells.map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.alignRight)).join(` ${edge} `)} ${edge}`;
  const rule = (left: string, fill: string, cross: string, right: string): SummaryLine => ({
    text: left + widths.map((width) => fill.repeat(width + 2)).join(cross) + right,
  });
  const titles = columns.map(({ title }) => title);
  const body = rows.map((row, index): SummaryLine => ({ text: line(row, "│"), layer: layers[index] }));
  return [
    rule("┏", "━", "┳", "┓"),
    { text: line(titles, "┃") },
    rule("┡", "━", "╇", "┩"),
    ...body.flatMap((row, index) => (index === 0 ? [row] : [rule("├", "─", "┼", "┤"), row])),
    rule("└", "─", "┴", "┘"),
  ];
}

function formatTotals({ params, trainable, nonTrainable, bytes, flops }: ModelTotals): string[] {
  // The weights' types hardly ever differ: the parts' bytes are their share.
  const memory = (count: number | null): string =>
    bytes === null || count === null ? "" : ` (${formatBytes(params ? (bytes / params) * count : 0)})`;
  return [
    ` Total params: ${formatCount(params)}${memory(params)}`,
    ` Trainable params: ${formatCount(trainable)}${memory(trainable)}`,
    ` Non-trainable params: ${formatCount(nonTrainable)}${memory(nonTrainable)}`,
    ` FLOPs: ${flops === null ? UNKNOWN : `${formatCount(flops)} per sample`}`,
  ];
}

function pad(text: string, width: number, alignRight = false): string {
  return alignRight ? text.padStart(width) : text.padEnd(width);
}
