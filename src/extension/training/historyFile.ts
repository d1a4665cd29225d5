import { parse } from "csv-parse/sync";
import * as z from "zod/mini";
import { encodeFloat, type EpochEvent } from "../../protocol";

/** The columns of `history.csv` that are not metrics. */
const OWN_COLUMNS = new Set(["epoch", "loss", "valLoss", "learningRate", "seconds"]);

const Rows = z.array(z.record(z.string(), z.string()));

/** Reads a run's `history.csv`: one line an epoch, a column a figure. A line that was not written to its end is left out. */
export function parseHistory(text: string): EpochEvent[] {
  const rows = Rows.parse(parse(text, { columns: true, skip_empty_lines: true, skip_records_with_error: true }));
  return rows.map((row) => {
    const figure = (name: string): EpochEvent["loss"] => encodeFloat(Number(row[name] ?? "NaN"));
    const given = Object.keys(row).filter((name) => row[name] !== "");
    return {
      event: "epoch",
      epoch: Number(row.epoch),
      loss: figure("loss"),
      valLoss: given.includes("valLoss") ? figure("valLoss") : null,
      metrics: Object.fromEntries(given.filter((name) => !OWN_COLUMNS.has(name)).map((name) => [name, figure(name)])),
      learningRate: figure("learningRate"),
      seconds: Number(row.seconds ?? 0),
    };
  });
}
