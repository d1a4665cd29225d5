import { dispose, type Tensor } from "@tensorflow/tfjs-core";

/** Both run in turns, so that what else the machine does slows both. */
const ROUNDS = 5;
/** Milliseconds that one turn takes, or one call where that takes longer. */
const TURN = 20;
/** How much faster is worth other bits. */
const MARGIN = 0.95;

/** Whether a challenger takes clearly less time than the champion. Both return tensors. */
export function faster(challenger: () => Tensor[], champion: () => Tensor[]): boolean {
  timeOf(challenger, 1);
  const calls = Math.max(1, Math.round(TURN / timeOf(champion, 1)));
  const ratios = Array.from({ length: ROUNDS }, () => timeOf(challenger, calls) / timeOf(champion, calls));
  const [median = 1] = ratios.sort((a, b) => a - b).slice(ROUNDS >> 1);
  return median < MARGIN;
}

/** Milliseconds of so many calls, the last one's results read. */
function timeOf(contender: () => Tensor[], calls: number): number {
  const begin = performance.now();
  for (let call = 1; call <= calls; call++) {
    const results = contender();
    if (call === calls) results.at(-1)?.dataSync();
    dispose(results);
  }
  return performance.now() - begin;
}
