import type { PlacedGraph } from "./placeGraph";
import { placeWithDagre } from "./placeWithDagre";
import type { Piece } from "./splitGraph";

/** Arrangements of what has these sizes and edges. */
const known = new Map<string, PlacedGraph>();
const MOST_KNOWN = 500;

/** Arranges a piece with dagre, once for all pieces that look the same: the blocks of a deep network do, and most of what is typed changes one of them. */
export function arrangePiece({ nodes, edges }: Piece): PlacedGraph {
  const places = new Map(nodes.map(({ id }, index) => [id, index.toString()]));
  const place = (id: string): string => places.get(id) ?? id;
  const likeness: Piece = {
    nodes: nodes.map((node) => ({ ...node, id: place(node.id) })),
    edges: edges.map(({ from, to, label }) => ({
      from: place(from),
      to: place(to),
      label: label && { text: "", width: label.width },
    })),
  };
  const key = JSON.stringify(likeness);
  const arranged = known.get(key) ?? placeWithDagre(likeness.nodes, likeness.edges);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, arranged);
  return {
    ...arranged,
    nodes: arranged.nodes.map((node) => ({ ...node, id: nodes[Number(node.id)]?.id ?? node.id })),
    // In the order of the piece's edges.
    edges: arranged.edges.flatMap((edge, index) => {
      const original = edges[index];
      if (original === undefined) return [];
      return { ...edge, ...original, label: edge.label && { ...edge.label, text: original.label?.text ?? "" } };
    }),
  };
}
