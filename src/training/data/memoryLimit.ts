import { totalmem } from "node:os";
import { TrainingError } from "../errors";

/** The share of the machine's memory, or of what the process may use of it, that a data set may take. */
const SHARE = 0.5;

/**
 * Bytes that a data set may take as tensors; what is beyond is streamed. The environment's `LAYERWISE_DATA_MEMORY` sets it, in megabytes.
 * It depends on the machine, not on how busy that is, so that a resumed run goes on in the same way.
 */
export function dataMemoryLimit(env: NodeJS.ProcessEnv = process.env): number {
  const setting = env["LAYERWISE_DATA_MEMORY"];
  if (setting === undefined || setting === "") {
    const allowed = process.constrainedMemory();
    return SHARE * (allowed > 0 ? Math.min(allowed, totalmem()) : totalmem());
  }
  const megabytes = Number(setting);
  if (megabytes >= 0) return megabytes * 2 ** 20;
  throw new TrainingError(`LAYERWISE_DATA_MEMORY takes a number of megabytes; received ${setting}.`);
}
