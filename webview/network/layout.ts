import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import type { ModelSummary } from "../../src/protocol/analysis";
import { type Block, foldBlocks } from "./blocks";

export interface PlacedBlock {
  readonly block: Block;
  readonly left: number;
  readonly top: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Diagram {
  readonly blocks: readonly PlacedBlock[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 216;
export const NODE_HEIGHT = 50;
const GAP = 22;

/** Places the blocks from inputs (top) to outputs, with dagre. */
export function layoutNetwork(model: ModelSummary): Diagram {
  const blocks = foldBlocks(model);
  const blockOf = new Map<string, string>();
  for (const block of blocks) for (const layer of block.layers) blockOf.set(layer.name, block.id);
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "TB", nodesep: 18, ranksep: GAP, marginx: 1, marginy: 1 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const block of blocks) graph.setNode(block.id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const block of blocks) {
    for (const layer of block.layers) {
      for (const name of layer.inbound) {
        const from = blockOf.get(name);
        if (from !== undefined && from !== block.id) graph.setEdge(from, block.id);
      }
    }
  }
  layout(graph);
  const size = graph.graph();
  return {
    blocks: blocks.map((block) => {
      const { x, y } = graph.node(block.id);
      return { block, left: (x ?? 0) - NODE_WIDTH / 2, top: (y ?? 0) - NODE_HEIGHT / 2 };
    }),
    edges: graph.edges().map(({ v, w }) => ({ from: v, to: w, points: graph.edge(v, w).points ?? [] })),
    width: size.width ?? NODE_WIDTH,
    height: size.height ?? NODE_HEIGHT,
  };
}
