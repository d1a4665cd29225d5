import type { GraphEdge, GraphNode } from "./placeGraph";

export interface Piece {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Cuts a graph at every node to which all before it leads and that no edge leads past. A cut node is the last of the piece before and the first of the piece after it. */
export function splitGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Piece[] {
  const ordered = inOrder(nodes, edges);
  const position = new Map(ordered.map(({ id }, index) => [id, index]));
  const spans = edges.map((edge) => ({ edge, start: position.get(edge.from) ?? 0, end: position.get(edge.to) ?? 0 }));
  const last = ordered.length - 1;
  const cuts = [...cutsOf(spans, last).filter((at) => at > 0 && at < last), last];
  const pieces: Piece[] = [];
  const sorted = spans.sort((a, b) => a.end - b.end);
  let start = 0;
  let taken = 0;
  for (const cut of cuts) {
    const inside: GraphEdge[] = [];
    for (let span = sorted[taken]; span !== undefined && span.end <= cut; span = sorted[++taken]) inside.push(span.edge);
    pieces.push({ nodes: ordered.slice(start, cut + 1), edges: inside });
    start = cut;
  }
  return pieces;
}

/** Places that are reached from all before, lead on, and that no edge passes. */
function cutsOf(spans: readonly { readonly start: number; readonly end: number }[], last: number): number[] {
  const passing = new Array<number>(last + 2).fill(0);
  const reached = new Set<number>();
  const leading = new Set<number>();
  for (const { start, end } of spans) {
    // An edge that leads back passes everything: nothing is cut there.
    const [low, high] = start < end ? [start + 1, end] : [end, start + 1];
    passing[low] = (passing[low] ?? 0) + 1;
    passing[high] = (passing[high] ?? 0) - 1;
    leading.add(start);
    reached.add(end);
  }
  const cuts: number[] = [];
  let count = 0;
  // Beside what leads nowhere there is no cut: what follows must go below it.
  for (let at = 0; at <= last && leading.has(at); at++) {
    count += passing[at] ?? 0;
    if (count === 0 && reached.has(at)) cuts.push(at);
  }
  return cuts;
}

/** Producers before consumers, else as they were. */
function inOrder(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[] {
  const waiting = new Map(nodes.map(({ id }) => [id, 0]));
  const consumers = new Map<string, string[]>();
  for (const { from, to } of edges) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
    consumers.set(from, [...(consumers.get(from) ?? []), to]);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ready = new Set(nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id));
  for (const id of ready) {
    for (const consumer of consumers.get(id) ?? []) {
      const left = (waiting.get(consumer) ?? 0) - 1;
      waiting.set(consumer, left);
      if (left === 0) ready.add(consumer);
    }
  }
  // What stands in a circle is never ready, and comes last.
  return [...ready, ...nodes.map(({ id }) => id).filter((id) => !ready.has(id))].flatMap((id) => byId.get(id) ?? []);
}
