import { formatRatio, markdownTable } from "../comparison/table";
import { median, quantile } from "../statistics";

/** Milliseconds from a change of one file to its result. */
export interface Latencies {
  readonly title: string;
  /** With a pause before each change. */
  readonly typed: readonly number[];
  /** Right after the result before: the next realm is not warm yet. */
  readonly atOnce: readonly number[];
  /** The empty file's, in turns with the others. */
  readonly empty: readonly number[];
}

export interface Measurements {
  readonly date: Date;
  readonly machine: string;
  /** Milliseconds. */
  readonly pause: number;
  readonly latencies: readonly Latencies[];
  /** Milliseconds from starting the process to its first result. */
  readonly coldStarts: { readonly empty: readonly number[]; readonly model: readonly number[] };
  /** Resident bytes. */
  readonly memory: { readonly edits: number; readonly empty: number; readonly model: number };
}

/** The page that `npm run bench:editor -- --write` writes. */
export function page({ date, machine, pause, latencies, coldStarts, memory }: Measurements): string {
  return `# Benchmarks: the editor

<!-- Written by \`npm run bench:editor -- --write\`: change bench/editor/page.ts instead. -->

Measured on ${date.toISOString().slice(0, 10)} by \`npm run bench:editor\`, on ${machine}.

From a change of the text to the analyzer's result, in milliseconds, without the editor's debounce. *Typed*: ${pause} ms after the change before. *At once*: right
after the result before, when the context for the next evaluation is not made yet. The empty file holds an import and takes turns with the other;
multiples are those of medians.

${markdownTable(["file", "edits", "typed: p50", "p95", "at once: p50", "p95", "empty: p50", "p95", "typed / empty"], latencies.map(latencyRow))}

${markdownTable(
  ["", "60 layers", "empty", "60 layers / empty"],
  [
    ["from starting the process to the first result, ms: p50", ...compare(median(coldStarts.model), median(coldStarts.empty))],
    ["p95", ...compare(quantile(coldStarts.model, 0.95), quantile(coldStarts.empty, 0.95))],
    [
      `resident memory of analyzer, evaluator and bundler after ${memory.edits.toLocaleString("en")} edits at once, shared pages counted once, MB`,
      ...compare(memory.model / 1e6, memory.empty / 1e6),
    ],
  ],
)}
`;
}

function latencyRow({ title, typed, atOnce, empty }: Latencies): string[] {
  const spread = (values: readonly number[]): string[] => [0.5, 0.95].map((share) => quantile(values, share).toFixed(1));
  return [
    title,
    String(typed.length),
    ...spread(typed),
    ...spread(atOnce),
    ...spread(empty),
    formatRatio(median(typed), median(empty)),
  ];
}

function compare(own: number, empty: number): string[] {
  return [own.toFixed(0), empty.toFixed(0), formatRatio(own, empty)];
}
