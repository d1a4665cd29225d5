import type { LayerSummary, ModelSummary, ModelTotals, Shapes } from "../protocol";

const GROUPED = new Intl.NumberFormat("en-US");
const UNKNOWN = "?";

interface Column {
  readonly title: string;
  readonly alignRight?: boolean;
  cell(layer: LayerSummary): string;
}

const COLUMNS: readonly Column[] = [
  { title: "Layer (type)", cell: ({ name, type }) => `${name} (${type})` },
  { title: "Output Shape", cell: ({ outputShape }) => formatShapes(outputShape) },
  { title: "Param #", alignRight: true, cell: ({ params }) => formatCount(params) },
];
/** Only a functional model's layers may be connected otherwise than one after the other. */
const CONNECTED_TO: Column = { title: "Connected to", cell: ({ inbound }) => (inbound.length === 0 ? "-" : inbound.join(", ")) };

/** A model as Keras prints it, with its FLOPs. */
export function formatModel(model: ModelSummary): string {
  const columns = model.kind === "functional" ? [...COLUMNS, CONNECTED_TO] : COLUMNS;
  return [`Model: "${model.name}"`, ...formatTable(columns, model.layers), ...formatTotals(model.totals)].join("\n");
}

function formatTable(columns: readonly Column[], layers: readonly LayerSummary[]): string[] {
  const rows = layers.map((layer) => columns.map((column) => column.cell(layer)));
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[], edge: string): string =>
    `${edge} ${cells.map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.alignRight)).join(` ${edge} `)} ${edge}`;
  const rule = (left: string, fill: string, cross: string, right: string): string =>
    left + widths.map((width) => fill.repeat(width + 2)).join(cross) + right;
  const body = rows.map((row) => line(row, "│"));
  return [
    rule("┏", "━", "┳", "┓"),
    line(
      columns.map(({ title }) => title),
      "┃",
    ),
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
    ` FLOPs: ${flops === null ? UNKNOWN : `${GROUPED.format(flops)} per sample`}`,
  ];
}

function formatShapes(shapes: Shapes): string {
  if (shapes === null) return UNKNOWN;
  const one = (shape: readonly (number | null)[]): string => {
    const dimensions = shape.map((dimension) => dimension ?? "None");
    return dimensions.length === 1 ? `(${dimensions.join("")},)` : `(${dimensions.join(", ")})`;
  };
  return isShapeList(shapes) ? `[${shapes.map(one).join(", ")}]` : one(shapes);
}

function isShapeList(shapes: NonNullable<Shapes>): shapes is (number | null)[][] {
  return Array.isArray(shapes[0]);
}

function formatCount(count: number | null): string {
  return count === null ? UNKNOWN : GROUPED.format(count);
}

/** As Keras writes sizes: `1.02 MB`. */
function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  while (size >= 1024 && units.length > 1) {
    size /= 1024;
    units.shift();
  }
  return `${size.toFixed(2)} ${units[0] ?? "B"}`;
}

function pad(text: string, width: number, alignRight = false): string {
  return alignRight ? text.padStart(width) : text.padEnd(width);
}
