import type { Layer } from "./layer";
import type { Node, SymbolicTensor } from "./symbolic";

/** The calls and layers of a functional model, inputs first. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly layers: readonly Layer[];
}

/**
 * Orders a model as Keras does: by depth (the longest path to an output), the deepest first, and within one depth in the order in which a
 * walk from the outputs meets the layers.
 */
export function orderGraph(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): Graph {
  const { nodes, visits } = collectNodes(inputs, outputs);
  const nodeDepth = new Map<Node, number>();
  const layerDepth = new Map<Layer, number>();
  for (const node of [...nodes].reverse()) {
    const depth = Math.max(nodeDepth.get(node) ?? 0, layerDepth.get(node.layer) ?? 0);
    nodeDepth.set(node, depth);
    layerDepth.set(node.layer, depth);
    for (const { node: producer } of node.inputs) {
      if (visits.has(producer.layer)) nodeDepth.set(producer, Math.max(depth + 1, nodeDepth.get(producer) ?? 0));
    }
  }
  const order = (depthOf: (layer: Layer) => number) => (a: Layer, b: Layer) =>
    depthOf(b) - depthOf(a) || (visits.get(a) ?? 0) - (visits.get(b) ?? 0);
  const layers = [...visits.keys()].sort(order((layer) => layerDepth.get(layer) ?? 0));
  const sorted = [...nodes].sort((a, b) => (nodeDepth.get(b) ?? 0) - (nodeDepth.get(a) ?? 0));
  return { nodes: sorted, layers };
}

/** A depth-first walk from the outputs, producers before consumers. The walk is iterative: a deep model must not exhaust the stack. */
function collectNodes(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
): { nodes: readonly Node[]; visits: ReadonlyMap<Layer, number> } {
  const visits = new Map<Layer, number>();
  const finished = new Set<Node>();
  const boundary = new Set(inputs.map((input) => input.node));
  const stack: { node: Node; expanded: boolean }[] = [...outputs].reverse().map(({ node }) => ({ node, expanded: false }));
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, expanded } = top;
    if (finished.has(node)) continue;
    if (expanded) {
      finished.add(node);
      continue;
    }
    if (!visits.has(node.layer)) visits.set(node.layer, visits.size);
    stack.push({ node, expanded: true });
    if (boundary.has(node)) continue;
    for (const { node: producer } of [...node.inputs].reverse()) {
      if (!finished.has(producer)) stack.push({ node: producer, expanded: false });
    }
  }
  return { nodes: [...finished], visits };
}
