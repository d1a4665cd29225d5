import { Generator } from "../../nn";

/** Keeps the orders of epochs apart from everything else drawn from the seed. */
const PURPOSE = 0x0e9;

/** The order of the training samples in an epoch: a function of seed and epoch alone, so that a run can be taken up at any epoch. */
export function epochOrder(
  count: number,
  { shuffle, seed, epoch }: { shuffle: boolean; seed: number; epoch: number },
): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  return shuffle ? new Generator(seed, PURPOSE, epoch).shuffle(order) : order;
}
