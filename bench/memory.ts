/**
 * Whether memory stays flat: `npm run bench:memory -- [--runs 100] [--jit auto]`. Complete runs and then 10,000 steps, in one process, through
 * the function that trains a run. Ends with exit code 1 where live tensors or resident memory grow.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { memory } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { runScript } from "../scripts/lib/steps.mjs";
import type { RunEvent } from "../src/protocol";
import { train } from "../src/training/train";
import { markdownTable } from "./comparison/table";
import { variable } from "./environment";
import { MemoryTrack } from "./memory/memoryTrack";

const MODEL_FILE = join(variable("LAYERWISE_BENCH_ROOT"), "bench/memory/memory.model.ts");

const Options = z.object({ runs: z.coerce.number().int().min(20), jit: z.enum(["auto", "on", "off"]) });
type Options = z.infer<typeof Options>;

async function trainOnce(plan: string, options: Options, runsFolder: string, emit: (event: RunEvent) => void): Promise<void> {
  const end = await train(
    { file: MODEL_FILE, plan, engine: "tensorflow", jit: options.jit, runsFolder },
    {
      signal: new AbortController().signal,
      emit: (...events) => {
        for (const event of events) emit(event);
      },
      output: (text) => process.stderr.write(text),
      flush: () => Promise.resolve(),
      queued: (message) => process.stderr.write(`${message}\n`),
    },
  );
  if (end.reason !== "finished") throw new Error(`A run ended as ${end.reason}: ${end.error ?? ""}`);
}

function look(track: MemoryTrack): void {
  // What waits for the collector is no leak.
  globalThis.gc?.();
  track.look(memory().numTensors, process.memoryUsage.rss());
}

async function bench(options: Options): Promise<boolean> {
  const runsFolder = await mkdtemp(join(tmpdir(), "layerwise-bench-"));
  try {
    const runs = new MemoryTrack("run");
    for (let run = 0; run < options.runs; run++) {
      await trainOnce("short", options, runsFolder, () => undefined);
      look(runs);
    }
    const epochs = new MemoryTrack("epoch of 200 steps");
    await trainOnce("long", options, runsFolder, ({ event }) => {
      if (event === "epoch") look(epochs);
    });
    for (const track of [runs, epochs]) console.log(`${markdownTable(track.header, track.rows())}\n\n${track.verdict}\n`);
    return runs.isFlat && epochs.isFlat;
  } finally {
    await rm(runsFolder, { recursive: true, force: true });
  }
}

void runScript(async () => {
  const { values } = parseArgs({
    options: { runs: { type: "string", default: "100" }, jit: { type: "string", default: "auto" } },
  });
  return (await bench(Options.parse(values))) ? 0 : 1;
});
