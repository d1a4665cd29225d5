import type { Network, NetworkLayer } from "../../src/protocol/network";
import { flowingShapes, type FlowingShapes, joinShapes, producersOf } from "./flow";
import { findSegments } from "./repetitions";

/** A layer that stands alone. */
export interface LayerItem {
  readonly kind: "layer";
  readonly id: string;
  readonly layer: NetworkLayer;
}

/** What can be drawn as one node or opened: a nested model, or layers that repeat. */
export interface GroupItem {
  readonly kind: "model" | "repetition";
  readonly id: string;
  /** The nested model itself; of a repetition its first layer. */
  readonly layer: NetworkLayer;
  /** Of a repetition all layers, of a nested model those inside. */
  readonly layers: readonly NetworkLayer[];
  /** 1 for a nested model. */
  readonly repeats: number;
  readonly content: Level;
}

export type Item = LayerItem | GroupItem;

export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly shapes: FlowingShapes;
}

/** What stands in a model, or in an opened group. */
export interface Level {
  readonly items: readonly Item[];
  readonly flows: readonly Flow[];
  /** What enters, and leaves, from outside; layers of the type InputLayer are their own beginning. */
  readonly inputs: readonly { readonly to: string; readonly shapes: FlowingShapes }[];
  readonly outputs: readonly { readonly from: string; readonly shapes: FlowingShapes }[];
}

export function networkLevel({ layers }: Network): Level {
  return levelOf(layers, "", true);
}

/**
 * Ids are made of names, and of types where layers repeat: typing, which renumbers layers, leaves them as they are. Names are the user's: they may
 * contain what parts the names in an id, and stand twice while they are typed.
 */
function levelOf(layers: readonly NetworkLayer[], parent: string, folds: boolean): Level {
  const seen = new Map<string, number>();
  const countOf = (id: string): number => {
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count;
  };
  const single = (layer: NetworkLayer): Item => {
    const named = `${parent}/${layer.name.replaceAll("/", "\\")}`;
    const count = countOf(named);
    const id = count === 0 ? named : `${named}#${count.toString()}`;
    if (layer.layers === undefined) return { kind: "layer", id, layer };
    return { kind: "model", id, layer, layers: layer.layers, repeats: 1, content: levelOf(layer.layers, id, true) };
  };
  const repetition = (repeated: readonly NetworkLayer[], period: number): Item[] => {
    const [layer] = repeated;
    if (layer === undefined) return [];
    const types = `${parent}/×${typesOf(repeated.slice(0, period))}`;
    const id = `${types}#${countOf(types).toString()}`;
    const content = levelOf(repeated, id, false);
    return [{ kind: "repetition", id, layer, layers: repeated, repeats: repeated.length / period, content }];
  };
  const items = folds
    ? findSegments(layers).flatMap(({ start, period, repeats }) => {
        const segment = layers.slice(start, start + period * repeats);
        return repeats === 1 ? segment.map(single) : repetition(segment, period);
      })
    : layers.map(single);
  return { items, ...connect(layers, items) };
}

function connect(layers: readonly NetworkLayer[], items: readonly Item[]): Omit<Level, "items"> {
  const inbound = producersOf(layers);
  const itemOf = new Map(items.flatMap((item) => ownLayers(item).map((layer) => [layer, item.id] as const)));
  const flows = new Map<string, Flow>();
  const reached = new Set<string>();
  const leading = new Set<string>();
  for (const consumer of layers) {
    const to = itemOf.get(consumer);
    const producers = inbound.get(consumer) ?? [];
    for (const producer of producers) {
      const from = itemOf.get(producer);
      if (from === undefined || to === undefined || from === to) continue;
      const key = `${from}\n${to}`;
      flows.set(key, { from, to, shapes: joinShapes(flows.get(key)?.shapes, flowingShapes(producer, consumer, producers)) });
      reached.add(to);
      leading.add(from);
    }
  }
  const sources = items.filter(({ id, layer }) => !reached.has(id) && layer.type !== "InputLayer");
  const sinks = items.filter(({ id }) => !leading.has(id));
  return {
    flows: [...flows.values()],
    inputs: sources.map(({ id, layer }) => ({ to: id, shapes: layer.inputShape })),
    outputs: sinks.map((item) => ({ from: item.id, shapes: lastLayer(item).outputShape })),
  };
}

/** The layers of an item that stand in the level of the item itself. */
export function ownLayers(item: Item): readonly NetworkLayer[] {
  return item.kind === "repetition" ? item.layers : [item.layer];
}

/** The layers of one repetition. */
export function patternOf({ layers, repeats }: GroupItem): readonly NetworkLayer[] {
  return layers.slice(0, layers.length / repeats);
}

/** The layer whose output leaves the item. */
export function lastLayer(item: Item): NetworkLayer {
  return ownLayers(item).at(-1) ?? item.layer;
}

/** Whether a layer of this name is, or stands in, an item. */
export function holds(item: Item, name: string): boolean {
  return ownLayers(item).some((layer) => findLayer([layer], name) !== undefined);
}

/** The layer of this name, in nested models too. */
export function findLayer(layers: readonly NetworkLayer[], name: string): NetworkLayer | undefined {
  for (const layer of layers) {
    const found = layer.name === name ? layer : findLayer(layer.layers ?? [], name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `Dense, LeakyReLU` */
export function typesOf(layers: readonly NetworkLayer[]): string {
  return layers.map(({ type }) => type).join(", ");
}

/** How many nodes an item is when everything in it is open. */
export function countNodes(item: Item): number {
  return item.kind === "layer" ? 1 : 1 + item.content.items.reduce((sum, inner) => sum + countNodes(inner), 0);
}

export function allItems({ items }: Level): Item[] {
  return items.flatMap((item) => (item.kind === "layer" ? item : [item, ...allItems(item.content)]));
}
