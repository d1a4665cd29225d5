/** Layerwise as a process of the benchmark: see comparison/protocol.ts. */
import { createInterface } from "node:readline";
import { z } from "zod";
import { startEngine } from "../src/engine";
import "../src/nn/gradients";
import { type Prepared, type Reply, Request, type Round } from "./comparison/protocol";
import { type BenchedExecution, TrainedNetwork } from "./trainedNetwork";

/** By the names of the benchmark's columns. */
const EXECUTIONS = { eager: "eager", captured: "captured", XLA: "compiled", auto: "auto" } as const satisfies Record<
  string,
  BenchedExecution
>;
const Variant = z.object({ execution: z.enum(["eager", "captured", "XLA", "auto"]) });

const networks = new Map<string, TrainedNetwork>();

async function answer(request: Request): Promise<Prepared | Round> {
  if (request.command === "prepare") return prepare(request);
  const network = networks.get(request.contender);
  if (network === undefined) throw new Error(`${request.contender} has not been prepared.`);
  if (request.command === "round") return network.train(request.milliseconds);
  network.dispose();
  networks.delete(request.contender);
  return {};
}

async function prepare({ contender, workload, variant }: Extract<Request, { command: "prepare" }>): Promise<Prepared> {
  const { execution } = Variant.parse(variant);
  const network = await TrainedNetwork.make(workload, EXECUTIONS[execution]);
  networks.set(contender, network);
  await network.warmUp();
  return { choice: network.choice === "compiled" ? "XLA" : network.choice };
}

async function serve(): Promise<void> {
  await startEngine({ engine: "tensorflow" });
  for await (const line of createInterface({ input: process.stdin })) {
    let reply: Reply;
    try {
      reply = { ok: await answer(Request.parse(JSON.parse(line))) };
    } catch (error) {
      reply = { error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

void serve();
