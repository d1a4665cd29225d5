import { createHash, type Hash } from "node:crypto";
import { cpus } from "node:os";
import type { Plan } from "../../dsl/plan";
import type { EngineInfo } from "../../engine";
import type { Reproduction } from "../../protocol";
import { type BatchSource, consecutive, type DataTensors } from "../data";
import { Pace } from "../loop/pace";
import { scope } from "../loop/scope";

/** Values read at a time. */
const CHUNK_VALUES = 2 ** 18;

/** What the numbers depend on that is known before the data are read. */
export function machineReproduction({ name, threads }: EngineInfo): Pick<Reproduction, "cpu" | "threads" | "oneDnn"> {
  const oneDnn = name === "tensorflow" ? (process.env["TF_ENABLE_ONEDNN_OPTS"] ?? "0") : null;
  return { cpu: cpus()[0]?.model.trim() ?? "unknown", threads, oneDnn };
}

/**
 * SHA-256 of all the values that a run trains and tests on, with their shapes; null for the data sets that Layerwise brings, whose files
 * are known by their checksums.
 *
 * @throws the signal's reason when aborted.
 */
export async function hashData(data: DataTensors, { options }: Plan, signal: AbortSignal): Promise<string | null> {
  if (options.data.source.kind === "named") return null;
  const hash = createHash("sha256");
  const pace = new Pace();
  for (const part of [data.training, data.validation, data.test]) {
    hash.update(JSON.stringify(part === undefined ? null : shapesOf(part)));
    if (part === undefined) continue;
    const samples = Math.max(1, Math.floor(CHUNK_VALUES / Math.max(1, part.largestSample)));
    for (let start = 0; start < part.count; start += samples) {
      hashSamples(hash, part, start, Math.min(samples, part.count - start));
      await pace.giveWay(signal);
    }
  }
  return hash.digest("hex");
}

function hashSamples(hash: Hash, part: BatchSource, start: number, count: number): void {
  scope(() => {
    const { x, y } = part.batch(part.inputs(consecutive(start, count)));
    for (const tensor of [...x, ...y]) hash.update(tensor.dataSync());
  });
}

/** Of each input and label, all samples together. */
function shapesOf(part: BatchSource): number[][] {
  return scope(() => {
    const { x, y } = part.batch(part.inputs(consecutive(0, 1)));
    return [...x, ...y].map(({ shape }) => [part.count, ...shape.slice(1)]);
  });
}
