import { parse } from "csv-parse/sync";
import type { CsvOptions } from "../../dsl/data";
import { messageOf, TrainingError } from "../errors";
import { readDataFile } from "./files";
import type { SourceSamples } from "./samples";

export interface CsvTable {
  readonly path: string;
  /** Column names; `undefined` without a header. */
  readonly header: readonly string[] | undefined;
  readonly columns: number;
  readonly rows: readonly CsvRow[];
}

interface CsvRow {
  readonly cells: readonly string[];
  /** Of the file, from 1. */
  readonly line: number;
}

/**
 * Reads a CSV file of numbers: the features as one input, the label as one number a sample.
 *
 * @throws TrainingError naming line and column, where a line has another number of cells or a cell is not a number.
 */
export async function readCsvSamples(path: string, options: CsvOptions): Promise<SourceSamples> {
  const table = await readCsvTable(path, options);
  const label = columnIndex(table, options.label ?? table.columns - 1, "label");
  const features = options.features?.map((feature) => columnIndex(table, feature, "features")) ?? allBut(label, table.columns);
  if (features.length === 0) throw new TrainingError(`${path} has one column; expected at least one feature beside the label.`);
  const count = table.rows.length;
  const x = new Float32Array(count * features.length);
  const y = new Float32Array(count);
  table.rows.forEach((row, sample) => {
    features.forEach((column, feature) => (x[sample * features.length + feature] = numberAt(table, row, column)));
    y[sample] = numberAt(table, row, label);
  });
  return {
    title: path,
    samples: {
      x: [{ name: undefined, values: x, shape: [features.length] }],
      y: [{ name: undefined, values: y, shape: [] }],
      count,
    },
  };
}

/** The cells of a CSV file, every line with as many as the first. */
export async function readCsvTable(path: string, options: Pick<CsvOptions, "delimiter" | "header"> = {}): Promise<CsvTable> {
  const content = await readDataFile(path);
  const rows = parseRows(path, content, options.delimiter ?? ",");
  const [first] = rows;
  if (first === undefined) throw new TrainingError(`${path} is empty; expected lines of numbers.`);
  const columns = first.cells.length;
  for (const { cells, line } of rows) {
    if (cells.length !== columns) {
      throw new TrainingError(
        `${path}, line ${line}: expected ${columns} columns, as in line ${first.line}; received ${cells.length}. Correct the line, or set csv's delimiter.`,
      );
    }
  }
  const hasHeader = options.header ?? true;
  if (hasHeader && rows.length === 1)
    throw new TrainingError(`${path} holds no samples, only a header; expected lines of numbers after it.`);
  return { path, header: hasHeader ? first.cells : undefined, columns, rows: hasHeader ? rows.slice(1) : rows };
}

/** A cell's number. @throws TrainingError naming its line and column. */
export function numberAt(table: CsvTable, { cells, line }: CsvRow, column: number): number {
  const cell = cells[column] ?? "";
  const value = cell === "" ? Number.NaN : Number(cell);
  if (Number.isFinite(value)) return value;
  const name = table.header?.[column];
  const place = `${table.path}, line ${line}, column ${column + 1}${name === undefined ? "" : ` (${name})`}`;
  const received = cell === "" ? "nothing" : `"${cell}"`;
  throw new TrainingError(
    `${place}: expected a number, received ${received}. Correct the cell, or leave the column out with csv's features.`,
  );
}

function parseRows(path: string, content: Buffer, delimiter: string): CsvRow[] {
  try {
    const rows: CsvRow[] = [];
    parse(content, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ cells, line: lines });
        return null;
      },
    });
    return rows;
  } catch (error) {
    throw new TrainingError(`${path} is not CSV: ${messageOf(error)}.`, { cause: error });
  }
}

function columnIndex(table: CsvTable, column: string | number, option: "label" | "features"): number {
  const index = typeof column === "number" ? column : (table.header?.indexOf(column) ?? -1);
  if (Number.isInteger(index) && index >= 0 && index < table.columns) return index;
  const known = table.header === undefined ? `0 … ${table.columns - 1}` : table.header.map((name) => `"${name}"`).join(", ");
  throw new TrainingError(`${table.path} has no column ${JSON.stringify(column)} (csv's ${option}); its columns are ${known}.`);
}

function allBut(label: number, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => column).filter((column) => column !== label);
}
