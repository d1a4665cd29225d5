import { formatSpread } from "../statistics";
import type { Column } from "./columns";
import type { Entrant } from "./entrant";

/** One row: a workload and how it went in each column. */
export interface Row {
  readonly workload: string;
  readonly entrants: ReadonlyMap<Column, Entrant>;
}

/** A Markdown table: milliseconds per step, and what Layerwise's own choice takes of the others' best. */
export function comparisonTable(columns: readonly Column[], rows: readonly Row[]): string {
  const auto = columns.at(-1);
  const header = ["workload", ...columns.map(({ title }) => title), "auto / best Keras", "auto / best PyTorch"];
  return markdownTable(
    header,
    rows.map(({ workload, entrants }) => {
      const best = (library: Column["library"]): number =>
        Math.min(...[...entrants].filter(([column]) => column.library === library).map(([, { median }]) => median));
      const own = auto && entrants.get(auto);
      const ratio = (library: Column["library"]): string => formatRatio(own?.median ?? Infinity, best(library));
      return [workload, ...columns.map((column) => cell(entrants.get(column))), ratio("Keras"), ratio("PyTorch")];
    }),
  );
}

export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** One of two that failed is infinite, or no number: then there is nothing to compare. */
export function formatRatio(own: number, other: number): string {
  return Number.isFinite(own) && Number.isFinite(other) ? `${(own / other).toFixed(2)} ×` : "–";
}

function cell(entrant: Entrant | undefined): string {
  if (entrant === undefined) return "–";
  if (entrant.failure !== undefined) return `failed: ${entrant.failure.split("\n")[0]?.replaceAll("|", "\\|") ?? ""}`;
  return [formatSpread(entrant.milliseconds), ...(entrant.choice === "" ? [] : [`: ${entrant.choice}`])].join("");
}
