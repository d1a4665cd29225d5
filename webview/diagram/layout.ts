import type { Network, NodeSize } from "../../src/protocol/network";
import { flowLabel } from "./flow";
import { allItems, countNodes, type GroupItem, type Item, type Level, networkLevel } from "./level";
import { type GraphNode, moveEdge, placeGraph, type PlacedGraph, type PlacedLabel, type Point } from "./placeGraph";
import { type MeasureText, nodeHeight, nodeWidth } from "./sizes";

/** A node, or the frame of an opened group, whose head has a node's height. */
export interface PlacedItem {
  readonly item: Item;
  readonly open: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Of the node or of the frame's head. */
  readonly headHeight: number;
  /** The ids of the groups around it, the outermost first. */
  readonly path: readonly string[];
  /** Items of one level and one row stand side by side. */
  readonly row: number;
}

export interface PlacedEdge {
  readonly points: readonly Point[];
  readonly arrow: boolean;
  readonly label: PlacedLabel | undefined;
  /** The ids of its ends; undefined outside. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface Layout {
  readonly network: Network;
  readonly level: Level;
  readonly size: NodeSize;
  /** In the order in which they are read: from inputs to outputs, a group's content after its head. */
  readonly items: readonly PlacedItem[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  readonly size: NodeSize;
  /** What the reader opened or closed, by id. */
  readonly open: ReadonlyMap<string, boolean>;
  readonly measure: MeasureText;
}

const FRAME_PADDING = 14;
const HEAD = 34;
/** A nested model of at most so many nodes is open until it is closed. */
const OPEN_UNTIL = 20;

export function isOpen(item: GroupItem, open: ReadonlyMap<string, boolean>): boolean {
  return open.get(item.id) ?? (item.kind === "model" && countNodes(item) <= OPEN_UNTIL);
}

/** Places a network's layers from inputs (top) to outputs, each opened group as a graph of its own within its frame. */
export function layoutNetwork(network: Network, options: LayoutOptions): Layout {
  const level = networkLevel(network);
  const width = nodeWidth(allItems(level), options.size, network, options.measure);
  const placed = new Placing(network, options, width).level(level, []);
  return {
    network,
    level,
    size: options.size,
    items: placed.items,
    edges: placed.edges,
    width: placed.width,
    height: placed.height,
  };
}

interface PlacedLevel extends Pick<Layout, "items" | "edges" | "width" | "height"> {
  /** Where what leaves a frame reaches its foot, from the left. */
  readonly foot: number | undefined;
}

/** What the ends of edges outside of the level are called in its graph. */
const INPUT = "in ";
const OUTPUT = "out ";

class Placing {
  constructor(
    private readonly network: Network,
    private readonly options: LayoutOptions,
    private readonly nodeWidth: number,
  ) {}

  level(level: Level, path: readonly string[]): PlacedLevel {
    const inner = new Map<string, PlacedLevel>();
    for (const item of level.items) {
      if (item.kind !== "layer" && isOpen(item, this.options.open))
        inner.set(item.id, this.level(item.content, [...path, item.id]));
    }
    const byId = new Map(level.items.map((item) => [item.id, { item, ...this.#extent(item, inner.get(item.id)) }]));
    const nodes = [...byId].map(([id, { width, height, foot }]) => ({ id, width, height, foot }));
    const graph = this.#place(nodes, level, path.length > 0);
    const items: PlacedItem[] = [];
    const edges: PlacedEdge[] = [];
    for (const { id, left, top, row } of graph.nodes) {
      const node = byId.get(id);
      if (node === undefined) continue;
      const content = inner.get(id);
      const { item, width, height } = node;
      const headHeight = content === undefined ? height : HEAD;
      items.push({ item, open: content !== undefined, left, top, width, height, headHeight, path, row });
      if (content === undefined) continue;
      const shift = { x: left + (width - content.width) / 2, y: top + HEAD };
      items.push(...content.items.map((placed) => ({ ...placed, left: placed.left + shift.x, top: placed.top + shift.y })));
      edges.push(...content.edges.map((edge) => moveEdge(edge, shift)));
    }
    const { width, height } = graph;
    return { items, edges: [...edges, ...graph.edges.map(placedEdge)], width, height, foot: graph.ends.get(OUTPUT) };
  }

  #extent(item: Item, content: PlacedLevel | undefined): Omit<GraphNode, "id"> {
    if (content === undefined) {
      return { width: this.nodeWidth, height: nodeHeight(item, this.options.size, this.network) };
    }
    const width = Math.max(content.width, this.nodeWidth) + 2 * FRAME_PADDING;
    const foot = content.foot === undefined ? undefined : content.foot + (width - content.width) / 2;
    return { width, height: content.height + HEAD, foot };
  }

  /** In a frame all that enters comes from its head and all that leaves goes to its foot; outside, each end is free and says its shape. */
  #place(nodes: readonly GraphNode[], level: Level, framed: boolean): PlacedGraph & { ends: ReadonlyMap<string, number> } {
    const end = (name: string, id: string): string => (framed ? name : `${name}${id}`);
    const edges = [
      ...level.flows.map(({ from, to, shapes }) => ({ from, to, label: this.#label(flowLabel(shapes)) })),
      ...level.inputs.map(({ to, shapes }) => ({
        ...{ from: end(INPUT, to), to },
        label: framed ? undefined : this.#label(flowLabel(shapes)),
      })),
      ...(framed
        ? level.items
            .filter(({ layer }) => layer.type === "InputLayer")
            .map(({ id }) => ({ from: INPUT, to: id, label: undefined }))
        : []),
      ...level.outputs.map(({ from, shapes }) => ({
        ...{ from, to: end(OUTPUT, from) },
        label: framed ? undefined : this.#label(flowLabel(shapes)),
      })),
    ];
    const ends = new Set(edges.flatMap(({ from, to }) => [from, to]).filter(isEnd));
    const graph = placeGraph([...nodes, ...[...ends].map((id) => ({ id, width: 0, height: 0 }))], edges);
    return { ...graph, ends: new Map(graph.nodes.filter(({ id }) => isEnd(id)).map(({ id, left }) => [id, left])) };
  }

  #label(text: string): { text: string; width: number } {
    return { text, width: this.options.measure(text, "small") };
  }
}

function isEnd(id: string): boolean {
  return id.startsWith(INPUT) || id.startsWith(OUTPUT);
}

function placedEdge({ from, to, points, label }: PlacedGraph["edges"][number]): PlacedEdge {
  const own = (id: string): string | undefined => (isEnd(id) ? undefined : id);
  // What ends in a frame's foot goes on below it.
  return { points, label, arrow: to !== OUTPUT, from: own(from), to: own(to) };
}
