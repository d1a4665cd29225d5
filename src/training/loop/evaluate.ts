import { dispose, keep, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { newPass } from "../../nn";
import type { PartTensors } from "../data";
import { Pace } from "./pace";
import type { Program } from "./program";

/** Nothing is kept for gradients, so that more samples go at a time than in training. */
const SMALLEST_BATCH = 256;

/**
 * Loss and metrics over a part of the data, each sample counted once.
 *
 * @returns The values by the measures' names.
 * @throws the signal's reason when aborted.
 */
export async function evaluate(program: Program, part: PartTensors, signal: AbortSignal): Promise<Map<string, number>> {
  const pace = new Pace();
  const batchSize = Math.max(program.plan.batchSize, SMALLEST_BATCH);
  let totals: readonly Tensor[] = program.measures.initial();
  try {
    for (let start = 0; start < part.count; start += batchSize) {
      const next = tidy(() => evaluateBatch(program, part, totals, start, Math.min(batchSize, part.count - start)));
      dispose(totals.filter((total) => !next.includes(total)));
      totals = next;
      await pace.giveWay(signal);
    }
    const values = tidy(() => program.measures.report(totals).dataSync());
    return new Map(program.measures.names.map((name, index) => [name, values[index] ?? Number.NaN]));
  } finally {
    dispose([...totals]);
  }
}

function evaluateBatch(program: Program, part: PartTensors, totals: readonly Tensor[], start: number, count: number): Tensor[] {
  const batch = part.slice(start, count);
  const { context, record } = newPass({ training: false });
  const forward = program.forward(batch, context, record);
  return program.measures.add(totals, { ...forward, labels: batch.y }).map((total) => keep(total));
}
