import type { StoredRun } from "./runsFolder";

interface Prediction {
  readonly file: string;
  readonly model: string;
  readonly flops: number | null;
}

/**
 * The median epoch of the newest run of a model whose network is known, in proportion to the FLOPs; undefined where there is none.
 *
 * @param runs The newest first.
 */
export function predictSeconds(runs: readonly StoredRun[], { file, model, flops }: Prediction): number | undefined {
  if (flops === null) return undefined;
  for (const { file: run, history } of runs) {
    const measured = history.network?.totals.flops;
    const seconds = history.epochEvents.map((epoch) => epoch.seconds).sort((a, b) => a - b);
    const median = seconds[Math.floor(seconds.length / 2)];
    if (run.file === file && run.model === model && measured && median !== undefined) return (median * flops) / measured;
  }
  return undefined;
}
