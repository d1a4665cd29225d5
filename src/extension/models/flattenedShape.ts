import { shapeList } from "../../format";
import type { LayerSummary, ModelSummary, Shapes } from "../../protocol";

/**
 * The shape, without the batch, that a flatten layer received whose values arrive at a layer, perhaps through layers that keep their shape:
 * the 28·28 behind 784 inputs.
 */
export function flattenedShape(layer: LayerSummary, { layers }: ModelSummary): readonly number[] | undefined {
  const byName = new Map(layers.map((candidate) => [candidate.name, candidate]));
  const seen = new Set<LayerSummary>();
  for (let current = producer(layer, byName); current !== undefined && !seen.has(current); current = producer(current, byName)) {
    seen.add(current);
    if (current.type === "Flatten") return knownSample(current.inputShape);
    if (JSON.stringify(current.inputShape) !== JSON.stringify(current.outputShape)) return undefined;
  }
  return undefined;
}

function producer({ inbound }: LayerSummary, byName: ReadonlyMap<string, LayerSummary>): LayerSummary | undefined {
  return inbound.length === 1 ? byName.get(inbound[0] ?? "") : undefined;
}

function knownSample(shapes: Shapes): readonly number[] | undefined {
  const [shape, ...others] = shapeList(shapes) ?? [];
  const known = shape?.slice(1).filter((size) => size !== null);
  return others.length === 0 && known?.length === (shape?.length ?? 0) - 1 ? known : undefined;
}
