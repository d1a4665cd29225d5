import { arrangePiece } from "./arrangePiece";
import { splitGraph } from "./splitGraph";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Where edges leave it, from its left; by default the middle. */
  readonly foot?: number | undefined;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: { readonly text: string; readonly width: number } | undefined;
}

export interface PlacedNode {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  readonly row: number;
}

/** Centred from top to bottom. */
export interface PlacedLabel extends Point {
  readonly text: string;
}

export interface PlacedGraph {
  /** From top to bottom, and from left to right. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly Point[];
    readonly label: PlacedLabel | undefined;
  }[];
  readonly width: number;
  readonly height: number;
}

/** Between nodes that follow one another: room for an arrow and a line of text. */
const ROW_GAP = 30;
/** Between an edge and its label. */
export const LABEL_GAP = 6;

/**
 * Places a graph from top to bottom. Edges leave a node at its foot and enter it in the middle of its head. What goes through one node alone is
 * placed piece by piece, so that the time grows with the number of layers and not with its square.
 */
export function placeGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): PlacedGraph {
  const pieces = splitGraph(nodes, edges).map((piece) => placePair(piece.nodes, piece.edges) ?? arrangePiece(piece));
  const [first, ...others] = pieces;
  return first === undefined ? { nodes: [], edges: [], width: 0, height: 0 } : stack(first, others);
}

export function footOf(node: GraphNode | undefined): number {
  return node?.foot ?? (node?.width ?? 0) / 2;
}

function placePair(nodes: readonly GraphNode[], [edge, ...more]: readonly GraphEdge[]): PlacedGraph | undefined {
  const from = nodes.find(({ id }) => id === edge?.from);
  const to = nodes.find(({ id }) => id === edge?.to);
  if (edge === undefined || from === undefined || to === undefined || nodes.length > 2 || more.length > 0) return undefined;
  // Straight down from the foot: the rest of the diagram moves with it.
  const left = Math.max(0, to.width / 2 - footOf(from));
  const x = left + footOf(from);
  const [start, end] = [from.height, from.height + ROW_GAP];
  const points = [start, end].map((y) => ({ x, y }));
  const label = edge.label && { text: edge.label.text, x: x + LABEL_GAP, y: (start + end) / 2 };
  return {
    nodes: [
      { id: from.id, left, top: 0, row: 0 },
      { id: to.id, left: x - to.width / 2, top: end, row: 1 },
    ],
    edges: [{ from: edge.from, to: edge.to, points, label }],
    width: Math.max(left + from.width, x + to.width / 2, x + LABEL_GAP + (edge.label?.width ?? 0)),
    height: end + to.height,
  };
}

/** Puts pieces one below the other: the last node of each is the first of the next. */
function stack(first: PlacedGraph, others: readonly PlacedGraph[]): PlacedGraph {
  const moved = [{ piece: first, x: 0, y: 0, row: 0 }];
  let last = first.nodes.at(-1);
  for (const piece of others) {
    const [shared] = piece.nodes;
    if (last === undefined || shared === undefined) continue;
    const shift = { x: last.left - shared.left, y: last.top - shared.top, row: last.row };
    moved.push({ piece, ...shift });
    const end = piece.nodes.at(-1);
    last = end && moveNode(end, shift);
  }
  const leftmost = Math.min(...moved.map(({ x }) => x));
  const placed = moved.map((shift) => ({ ...shift, x: shift.x - leftmost }));
  return {
    nodes: placed.flatMap(({ piece, ...shift }, index) =>
      piece.nodes.slice(index === 0 ? 0 : 1).map((node) => moveNode(node, shift)),
    ),
    edges: placed.flatMap(({ piece, ...shift }) => piece.edges.map((edge) => moveEdge(edge, shift))),
    width: Math.max(...placed.map(({ piece, x }) => x + piece.width)),
    height: Math.max(...placed.map(({ piece, y }) => y + piece.height)),
  };
}

function moveNode(node: PlacedNode, { x, y, row }: Point & { row: number }): PlacedNode {
  return { id: node.id, left: node.left + x, top: node.top + y, row: node.row + row };
}

interface Movable {
  readonly points: readonly Point[];
  readonly label: PlacedLabel | undefined;
}

export function moveEdge<E extends Movable>(edge: E, by: Point): E {
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + by.x, y: point.y + by.y });
  return { ...edge, points: edge.points.map(move), label: edge.label && move(edge.label) };
}
