import type { LayerSummary, ModelSummary } from "../../src/protocol/analysis";

/** One node of the diagram: a layer, or a block of layers that repeats. */
export interface Block {
  /** The first layer's name. */
  readonly id: string;
  readonly layers: readonly LayerSummary[];
  /** How many times the pattern stands in a row; 1: a single layer. */
  readonly repeats: number;
  /** The layers of one repetition. */
  readonly period: number;
}

/** A pattern of at most so many layers is recognized as a repeated block. */
const LONGEST_PERIOD = 6;
/** Fewer repetitions are drawn as they are. */
const FEWEST_REPEATS = 3;

/** Folds what repeats in a chain (`60 × dense, leakyReLU`) into one node. Only layers that follow one another without a branch are folded. */
export function foldBlocks(model: ModelSummary): Block[] {
  const { layers } = model;
  const consumers = new Map<string, number>();
  for (const layer of layers) for (const name of layer.inbound) consumers.set(name, (consumers.get(name) ?? 0) + 1);
  const chained = (index: number): boolean => {
    const inbound = layers[index]?.inbound;
    const former = layers[index - 1]?.name;
    return former !== undefined && inbound?.length === 1 && inbound[0] === former && consumers.get(former) === 1;
  };
  const blocks: Block[] = [];
  for (let start = 0; start < layers.length;) {
    const { period, repeats } = longestRepetition(layers, start, chained);
    const length = period * repeats;
    const block = layers.slice(start, start + length);
    blocks.push({ id: block[0]?.name ?? "", layers: block, repeats, period });
    start += length;
  }
  return blocks;
}

function longestRepetition(
  layers: readonly LayerSummary[],
  start: number,
  chained: (index: number) => boolean,
): { period: number; repeats: number } {
  let best = { period: 1, repeats: 1 };
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    let end = start + 1;
    while (end < layers.length && chained(end) && (end < start + period || alike(layers[end], layers[end - period]))) end++;
    const repeats = Math.floor((end - start) / period);
    if (repeats >= FEWEST_REPEATS && repeats * period > best.repeats * best.period) best = { period, repeats };
  }
  return best;
}

/** Layers of a repeated block may differ in their inputs: the first of 60 dense layers is fed by a wider one. */
function alike(a: LayerSummary | undefined, b: LayerSummary | undefined): boolean {
  return a?.type === b?.type && JSON.stringify(a?.outputShape) === JSON.stringify(b?.outputShape);
}
