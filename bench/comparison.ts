/**
 * Layerwise beside Keras and PyTorch on this machine: `npm run bench -- [--workload mlp,cnn] [--rounds 7] [--write]`.
 * `bench/run.mjs` names places and programs in the environment.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { runScript, step } from "../scripts/lib/steps.mjs";
import { makeColumns } from "./comparison/columns";
import { documentAround } from "./comparison/document";
import { describeMachine } from "./comparison/machine";
import { report, type Results } from "./comparison/report";
import { takeTurns } from "./comparison/takeTurns";
import { makeTrainings } from "./comparison/trainings";
import { MeasuredTraining } from "./comparison/wholeTraining";
import { variable } from "./environment";
import { WORKLOADS } from "./workloads";

/** Long enough for the clock, short enough to take turns. */
const ROUND_MILLISECONDS = 400;
const FIRST_LOSS_RUNS = 5;

const python = variable("LAYERWISE_BENCH_PYTHON");
const root = variable("LAYERWISE_BENCH_ROOT");
const dataFolder = variable("LAYERWISE_BENCH_DATA");
const scripts = join(root, "bench/python");

async function measure(workloads: readonly string[], rounds: number): Promise<Results> {
  const date = new Date();
  const machine = await step("Measuring the machine", () => describeMachine(python, scripts));
  const steps = await measureSteps(workloads, rounds);
  const costs = await step("Measuring whole trainings", measureTrainings);
  return { date, machine, rounds, ...steps, costs };
}

async function measureSteps(workloads: readonly string[], rounds: number): Promise<Pick<Results, "columns" | "rows">> {
  const { columns, workers } = makeColumns({ python, scripts, layerwiseWorker: join(root, "out/bench/layerwiseWorker.cjs") });
  try {
    const rows: Results["rows"][number][] = [];
    for (const workload of workloads) {
      const entrants = await step(`Measuring ${workload}`, () =>
        takeTurns(workload, columns, { rounds, milliseconds: ROUND_MILLISECONDS }),
      );
      rows.push({ workload, entrants });
    }
    return { columns, rows };
  } finally {
    for (const worker of workers) worker.dispose();
  }
}

async function measureTrainings(): Promise<Results["costs"]> {
  const folder = await mkdtemp(join(tmpdir(), "layerwise-bench-"));
  const [runsFolder, emptyFolder] = [join(folder, "runs"), join(folder, "compiled")];
  try {
    const trainings = makeTrainings({ python, scripts, dataFolder, root, runsFolder, emptyFolder });
    const layerwise = new MeasuredTraining(trainings.layerwise);
    const coldLayerwise = new MeasuredTraining(trainings.coldLayerwise);
    const keras = new MeasuredTraining(trainings.keras);
    // These long runs first: they fill the system's file cache, and Layerwise remembers what it chose.
    for (const training of [layerwise, keras]) await training.measureMemory();
    for (let run = 0; run < FIRST_LOSS_RUNS; run++) {
      for (const training of [layerwise, keras, coldLayerwise]) {
        await rm(emptyFolder, { recursive: true, force: true });
        await training.timeFirstLoss();
      }
    }
    return { layerwise, coldLayerwise, keras };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      workload: { type: "string" },
      rounds: { type: "string", default: "7" },
      write: { type: "boolean", default: false },
    },
  });
  const all = Object.keys(WORKLOADS);
  const workloads = values.workload?.split(",") ?? all;
  const unknown = workloads.filter((workload) => !all.includes(workload));
  const rounds = Number(values.rounds);
  if (unknown.length > 0) throw new Error(`There is no workload ${unknown.join(", ")}; expected some of ${all.join(", ")}.`);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a whole number from 1; received ${values.rounds}.`);
  if (values.write && workloads.length < all.length) throw new Error("--write takes all workloads; leave out --workload.");
  const measured = report(await measure(workloads, rounds));
  console.log(measured);
  if (!values.write) return;
  const page = join(root, "docs/benchmarks.md");
  await mkdir(dirname(page), { recursive: true });
  await writeFile(page, documentAround(measured));
}

void runScript(bench);
