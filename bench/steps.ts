/**
 * Milliseconds a training step takes, by how it is executed: `npm run bench:steps -- [workload …] [--rounds 15]`.
 * The executions take turns, so that a busy machine slows all of them; the median over the rounds counts.
 */
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { startEngine } from "../src/engine";
import "../src/nn/gradients";
import { formatSpread } from "./statistics";
import { TrainedNetwork } from "./trainedNetwork";
import { WORKLOADS } from "./workloads";

const EXECUTIONS = ["eager", "captured", "compiled", "auto"] as const;
/** Long enough for the clock, short enough to take turns. */
const ROUND_MILLISECONDS = 250;

interface Options {
  readonly workloads: readonly string[];
  readonly rounds: number;
}

async function bench({ workloads, rounds }: Options): Promise<void> {
  const { version, device } = await startEngine({ engine: "tensorflow" });
  console.log(`TensorFlow ${version} on ${device}, ${availableParallelism()} × ${cpus()[0]?.model ?? "unknown processor"}`);
  console.log(`ms per training step, batch 32: median (quartiles) of ${rounds} rounds\n`);
  console.log(`| workload | ${EXECUTIONS.join(" | ")} |\n|---|${EXECUTIONS.map(() => "---|").join("")}`);
  for (const workload of workloads) {
    const contenders: { network: TrainedNetwork; milliseconds: number[] }[] = [];
    for (const execution of EXECUTIONS) {
      contenders.push({ network: await TrainedNetwork.make(workload, execution), milliseconds: [] });
    }
    for (const { network } of contenders) await network.warmUp();
    for (let round = 0; round < rounds; round++) {
      for (const { network, milliseconds } of contenders) {
        const { steps, milliseconds: elapsed } = await network.train(ROUND_MILLISECONDS);
        milliseconds.push(elapsed / steps);
      }
    }
    console.log(`| ${workload} | ${contenders.map(({ milliseconds }) => formatSpread(milliseconds)).join(" | ")} |`);
    for (const { network } of contenders) network.dispose();
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: "string", default: "15" } } });
void bench({ workloads: positionals.length > 0 ? positionals : Object.keys(WORKLOADS), rounds: Number(values.rounds) });
