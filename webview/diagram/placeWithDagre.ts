import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import { footOf, type GraphEdge, type GraphNode, LABEL_GAP, type PlacedGraph, type Point } from "./placeGraph";

/** Between rows of nodes, on top of the labels' height. */
const ROW_GAP = 30;
const COLUMN_GAP = 24;
/** More than the text is high: edges pass beside it straight. */
const LABEL_HEIGHT = 18;

/** Arranges what branches. */
export function placeWithDagre(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): PlacedGraph {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "TB", nodesep: COLUMN_GAP, edgesep: COLUMN_GAP, ranksep: ROW_GAP });
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  // Of equally good orders dagre takes the one in which the edge that was added last stands at the left.
  for (const { from, to, label } of edges.toReversed()) {
    const room = { width: label?.width ?? 0, height: label === undefined ? 0 : LABEL_HEIGHT };
    graph.setEdge(from, to, { ...room, labelpos: "r", labeloffset: LABEL_GAP });
  }
  layout(graph);
  const centre = (id: string): Point => {
    const { x, y } = graph.node(id);
    return { x: x ?? 0, y: y ?? 0 };
  };
  const sizes = new Map(nodes.map((node) => [node.id, node]));
  const labels = edges.flatMap(({ from, to, label }) =>
    label === undefined ? [] : { y: graph.edge(from, to).y ?? 0, height: LABEL_HEIGHT },
  );
  const rows = new Rows([...nodes.map((node) => ({ y: centre(node.id).y, height: node.height })), ...labels]);
  const placed = nodes.map(({ id, width, height }) => {
    const { x, y } = centre(id);
    return { id, left: x - width / 2, top: y - height / 2, row: rows.indexAt(y), x };
  });
  placed.sort((a, b) => a.row - b.row || a.x - b.x);
  const { width = 0, height = 0 } = graph.graph();
  return {
    nodes: placed.map(({ id, left, top, row }) => ({ id, left, top, row })),
    edges: edges.map(({ from, to, label }) => {
      const { points = [], x = 0, y = 0 } = graph.edge(from, to);
      const [start, end] = [centre(from), centre(to)];
      const source = sizes.get(from);
      const foot = { x: start.x + footOf(source) - (source?.width ?? 0) / 2, y: start.y + (source?.height ?? 0) / 2 };
      const head = { x: end.x, y: end.y - (sizes.get(to)?.height ?? 0) / 2 };
      const bends = points.slice(1, -1).flatMap((point) => rows.pass(point));
      const path = [foot, { x: foot.x, y: rows.bottomAt(start.y) }, ...bends, { x: head.x, y: rows.topAt(end.y) }, head];
      return { from, to, points: path, label: label && { text: label.text, x: x - label.width / 2, y } };
    }),
    width,
    height,
  };
}

/** The rows of nodes, through which edges pass straight: a curve there could touch a higher neighbour. */
class Rows {
  readonly #rows: { y: number; height: number }[] = [];

  constructor(nodes: readonly { y: number; height: number }[]) {
    for (const { y, height } of [...nodes].sort((a, b) => a.y - b.y)) {
      const last = this.#rows.at(-1);
      if (last !== undefined && Math.abs(last.y - y) < 1) last.height = Math.max(last.height, height);
      else this.#rows.push({ y, height });
    }
  }

  indexAt(y: number): number {
    return this.#rows.findIndex((row) => Math.abs(row.y - y) < 1);
  }

  topAt(y: number): number {
    return y - (this.#rows[this.indexAt(y)]?.height ?? 0) / 2;
  }

  bottomAt(y: number): number {
    return y + (this.#rows[this.indexAt(y)]?.height ?? 0) / 2;
  }

  pass({ x, y }: Point): Point[] {
    return [
      { x, y: this.topAt(y) },
      { x, y: this.bottomAt(y) },
    ];
  }
}
