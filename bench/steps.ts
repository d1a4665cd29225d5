/**
 * Milliseconds a training step takes, by how it is executed: `npm run bench:steps -- [workload …] [--rounds 15]`.
 * The executions take turns, so that a busy machine slows all of them; the median over the rounds counts.
 */
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { scalar } from "@tensorflow/tfjs-core";
import { startEngine } from "../src/engine";
import "../src/nn/gradients";
import { alignWithModel, DataTensors, readData } from "../src/training/data";
import { initializeWeights } from "../src/training/loop/initialize";
import { Program } from "../src/training/loop/program";
import type { Execution } from "../src/training/loop/stepRunner";
import { TrainingSteps } from "../src/training/loop/trainingSteps";
import { WORKLOADS } from "./workloads";

const EXECUTIONS = ["eager", "captured", "compiled"] as const;
/** Long enough for the clock, short enough to take turns. */
const ROUND_MILLISECONDS = 250;

interface Options {
  readonly workloads: readonly string[];
  readonly rounds: number;
}

/** One network trained in one way. */
class Contender {
  readonly milliseconds: number[] = [];
  private stepsPerRound = 1;
  private readonly rate = scalar(1e-3);
  private readonly batch = Int32Array.from({ length: 32 }, (_, index) => 7 * index);

  private constructor(readonly steps: TrainingSteps) {}

  static async make(workload: string, execution: Execution): Promise<Contender> {
    const makePlan = WORKLOADS[workload];
    if (!makePlan) throw new Error(`There is no workload "${workload}"; expected one of ${Object.keys(WORKLOADS).join(", ")}.`);
    const plan = makePlan();
    const parts = await readData(plan.options.data, { folder: ".", signal: new AbortController().signal, note: () => undefined });
    const data = DataTensors.from(alignWithModel(parts, plan), plan);
    const program = new Program(plan);
    initializeWeights(plan.model, { seed: 42, training: data.training });
    const steps = new TrainingSteps(program, data.training, { seed: 42, execution, describeError: String });
    return new Contender(steps);
  }

  /** The first steps compile and fill caches. */
  warmUp(): void {
    this.run(3);
    this.stepsPerRound = Math.max(3, Math.round(ROUND_MILLISECONDS / this.run(3)));
    if (this.steps.whyEager !== undefined) throw new Error(this.steps.whyEager);
  }

  round(): void {
    this.milliseconds.push(this.run(this.stepsPerRound));
  }

  private run(count: number): number {
    const begin = performance.now();
    for (let step = 1; step <= count; step++) {
      const report = this.steps.run(this.batch, this.rate);
      // Reading waits for what has been computed.
      if (step === count) report.dataSync();
      report.dispose();
    }
    return (performance.now() - begin) / count;
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function format(values: readonly number[]): string {
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share).toFixed(2));
  return `${median ?? ""} (${low ?? ""}–${high ?? ""})`;
}

async function bench({ workloads, rounds }: Options): Promise<void> {
  const { version, device } = await startEngine({ engine: "tensorflow" });
  console.log(`TensorFlow ${version} on ${device}, ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown processor"}`);
  console.log(`ms per training step, batch 32: median (quartiles) of ${rounds} rounds\n`);
  console.log(`| workload | ${EXECUTIONS.join(" | ")} |\n|---|${EXECUTIONS.map(() => "---|").join("")}`);
  for (const workload of workloads) {
    const contenders: Contender[] = [];
    for (const execution of EXECUTIONS) contenders.push(await Contender.make(workload, execution));
    for (const contender of contenders) contender.warmUp();
    for (let round = 0; round < rounds; round++) for (const contender of contenders) contender.round();
    console.log(`| ${workload} | ${contenders.map(({ milliseconds }) => format(milliseconds)).join(" | ")} |`);
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: "string", default: "15" } } });
void bench({ workloads: positionals.length > 0 ? positionals : Object.keys(WORKLOADS), rounds: Number(values.rounds) });
