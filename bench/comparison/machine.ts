import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { run } from "../../scripts/lib/processes.mjs";
import { version } from "../../package.json";

const Answer = z.object({
  /** By the shape of the product. */
  gflops: z.record(z.string(), z.number()),
  versions: z.record(z.string(), z.string()),
});

/** The machine and what is compared on it, as lines for a person. */
export interface Machine {
  readonly processor: string;
  readonly sgemm: string;
  readonly versions: string;
}

/** @param scripts The folder of the Python scripts. */
export async function describeMachine(python: string, scripts: string): Promise<Machine> {
  // Before anything runs here that is part of the benchmark.
  const [load = 0] = loadavg();
  const { gflops, versions } = Answer.parse(JSON.parse(await run(python, [join(scripts, "machine.py")])));
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model ?? "unknown processor";
  const all = { Layerwise: version, "Node.js": process.versions.node, ...versions };
  return {
    processor: `${availableParallelism()} × ${model}, ${gigabytes} GB, ${process.platform} ${process.arch}; load before: ${describeLoad(load)}`,
    sgemm: Object.entries(gflops)
      .map(([shape, value]) => `${value.toFixed(0)} GFLOP/s at ${shape}`)
      .join(", "),
    versions: Object.entries(all)
      .map(([name, number]) => `${name} ${number}`)
      .join(", "),
  };
}

/** @param load Processes that wanted the processor in the last minute. */
function describeLoad(load: number): string {
  const busy = load > availableParallelism() / 4;
  return `${load.toFixed(1)}${busy ? " (**busy with other work: the figures are provisional**)" : ""}`;
}
