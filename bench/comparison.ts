/**
 * Layerwise beside Keras and PyTorch on this machine: `npm run bench -- [--workload mlp,cnn] [--rounds 7] [--write]`.
 * `bench/run.mjs` names the programs in the environment.
 */
import { parseArgs } from "node:util";
import { makeColumns } from "./comparison/columns";
import { comparisonTable, type Row } from "./comparison/table";
import { takeTurns } from "./comparison/takeTurns";
import { WORKLOADS } from "./workloads";

/** Long enough for the clock, short enough to take turns. */
const ROUND_MILLISECONDS = 400;

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; start the benchmark by \`npm run bench\`.`);
  return value;
}

async function compare(workloads: readonly string[], rounds: number): Promise<void> {
  const { columns, workers } = makeColumns({
    python: variable("LAYERWISE_BENCH_PYTHON"),
    scripts: variable("LAYERWISE_BENCH_SCRIPTS"),
    layerwiseWorker: variable("LAYERWISE_BENCH_WORKER"),
  });
  try {
    const rows: Row[] = [];
    for (const workload of workloads) {
      process.stderr.write(`› Measuring ${workload}\n`);
      rows.push({ workload, entrants: await takeTurns(workload, columns, { rounds, milliseconds: ROUND_MILLISECONDS }) });
    }
    console.log(comparisonTable(columns, rows));
  } finally {
    for (const worker of workers) worker.dispose();
  }
}

const { values } = parseArgs({
  options: { workload: { type: "string" }, rounds: { type: "string", default: "7" }, write: { type: "boolean", default: false } },
});
void compare(values.workload?.split(",") ?? Object.keys(WORKLOADS), Number(values.rounds));
