import { formatSpread, median } from "../statistics";
import type { Column } from "./columns";
import type { Machine } from "./machine";
import { comparisonTable, formatRatio, markdownTable, type Row } from "./table";
import type { Trainings } from "./trainings";
import type { TrainingCosts } from "./wholeTraining";

export interface Results {
  readonly date: Date;
  readonly machine: Machine;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly rounds: number;
  readonly costs: Readonly<Record<keyof Trainings, TrainingCosts>>;
}

/** What was measured, as Markdown. */
export function report({ date, machine, columns, rows, rounds, costs }: Results): string {
  return `Measured on ${date.toISOString().slice(0, 10)} by \`npm run bench\`.

- Machine: ${machine.processor}
- Its limit, sgemm: ${machine.sgemm}
- Versions: ${machine.versions}

Milliseconds per training step, batch 32: median (quartiles) of ${rounds} rounds, in which the contenders take turns.

${comparisonTable(columns, rows)}

The course's network for Fashion-MNIST, trained by a command: medians (quartiles) of ${costs.keras.secondsToFirstLoss.length} runs in turns; memory of one run of
two epochs with validation and test.

${costsTable(costs)}
`;
}

function costsTable({ layerwise, coldLayerwise, keras }: Results["costs"]): string {
  const firstLoss = (title: string, own: TrainingCosts): string[] => [
    `from the command to the first loss, s${title}`,
    formatSpread(own.secondsToFirstLoss),
    formatSpread(keras.secondsToFirstLoss),
    formatRatio(median(own.secondsToFirstLoss), median(keras.secondsToFirstLoss)),
  ];
  const megabytes = ({ peakBytes }: TrainingCosts): string => (peakBytes / 1e6).toFixed(0);
  return markdownTable(
    ["", "Layerwise", "Keras", "Layerwise / Keras"],
    [
      firstLoss("", layerwise),
      firstLoss(", nothing compiled before", coldLayerwise),
      ["peak memory, MB", megabytes(layerwise), megabytes(keras), formatRatio(layerwise.peakBytes, keras.peakBytes)],
    ],
  );
}
