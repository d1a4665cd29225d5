import type { NetworkLayer } from "../../src/protocol/network";
import { producersOf } from "./flow";

/** Layers that stand in a row and repeat: `60 × dense, leakyReLU`, or the block of a transformer with its branches. */
export interface Segment {
  readonly start: number;
  /** Layers of one repetition. */
  readonly period: number;
  /** 1: a single layer. */
  readonly repeats: number;
}

/** A pattern of at most so many layers is recognized. */
const LONGEST_PERIOD = 24;
/** Fewer repetitions are drawn as they are. */
const FEWEST_REPEATS = 3;

/** Divides layers into single ones and repetitions. Each repetition takes the last layer's output of the one before it, and nothing else leaves or enters. */
export function findSegments(layers: readonly NetworkLayer[]): Segment[] {
  const graph = new LayerGraph(layers);
  const segments: Segment[] = [];
  for (let start = 0; start < layers.length;) {
    let best: Segment = { start, period: 1, repeats: 1 };
    for (let period = 1; period <= LONGEST_PERIOD; period++) {
      const repeats = graph.repeats(start, period);
      if (repeats >= FEWEST_REPEATS && repeats * period > best.repeats * best.period) best = { start, period, repeats };
    }
    segments.push(best);
    start += best.period * best.repeats;
  }
  return segments;
}

class LayerGraph {
  readonly #inbound: readonly (readonly number[])[];
  readonly #outbound: readonly (readonly number[])[];
  /** Equal for layers that may stand for each other; their inputs may differ: the first of 60 dense layers is fed by a wider one. */
  readonly #kinds: readonly string[];

  constructor(layers: readonly NetworkLayer[]) {
    const indices = new Map(layers.map((layer, index) => [layer, index]));
    const fed = producersOf(layers);
    const outbound: number[][] = layers.map(() => []);
    this.#inbound = layers.map((layer, consumer) =>
      (fed.get(layer) ?? []).flatMap((from) => {
        const producer = indices.get(from);
        if (producer === undefined) return [];
        outbound[producer]?.push(consumer);
        return producer;
      }),
    );
    this.#outbound = outbound;
    this.#kinds = layers.map(({ type, outputShape, layers: own }) => JSON.stringify([type, outputShape, own?.length]));
  }

  /** How many times the layers from `start` on repeat. */
  repeats(start: number, period: number): number {
    if (start + FEWEST_REPEATS * period > this.#kinds.length || !this.#isClosed(start, period)) return 1;
    let repeats = 1;
    while (this.#continues(start, period, start + repeats * period)) repeats++;
    return repeats;
  }

  /** Whether a repetition stands at `at` that goes on from the one before it. */
  #continues(start: number, period: number, at: number): boolean {
    if (at + period > this.#kinds.length) return false;
    for (let offset = 0; offset < period; offset++) {
      if (this.#kinds[at + offset] !== this.#kinds[start + offset]) return false;
      if (this.#inputs(at, offset) !== this.#inputs(start, offset)) return false;
      const outside = this.#inbound[at + offset]?.filter((producer) => producer < at) ?? [];
      if (outside.some((producer) => producer !== at - 1) || (offset === 0 && outside.length === 0)) return false;
    }
    const leaving = this.#outbound[at - 1] ?? [];
    return leaving.every((consumer) => consumer >= at && consumer < at + period) && this.#isClosed(at, period);
  }

  /** Whether only the last layer's output leaves. */
  #isClosed(at: number, period: number): boolean {
    for (let index = at; index < at + period - 1; index++) {
      if (this.#outbound[index]?.some((consumer) => consumer >= at + period) !== false) return false;
    }
    return true;
  }

  /** Where a layer's inputs come from, relative to its repetition. */
  #inputs(at: number, offset: number): string {
    const places = this.#inbound[at + offset]?.map((producer) => (producer < at ? "outside" : producer - at)) ?? [];
    // A model's first layer is fed from outside of the model.
    return places.length === 0 && offset === 0 ? "outside" : places.join();
  }
}
