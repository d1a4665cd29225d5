import { formatShape, type Shape, shapeList } from "../../src/format/shapes";
import type { Shapes } from "../../src/protocol/analysis";
import type { NetworkLayer } from "../../src/protocol/network";

/** The tensors that go along an edge; null: unknown. */
export type FlowingShapes = Shapes;

/**
 * What goes from one layer to another. Analyses do not say which output goes to which input: a consumer with one producer takes all that it takes
 * from there; with several, the input at the producer's place counts where it is one of the producer's outputs. Else all that leaves the producer.
 */
export function flowingShapes(producer: NetworkLayer, consumer: NetworkLayer, producers: readonly NetworkLayer[]): FlowingShapes {
  const outputs = shapeList(producer.outputShape);
  const inputs = shapeList(consumer.inputShape);
  if (outputs === undefined || inputs === undefined) return producer.outputShape;
  const isOutput = (shape: Shape): boolean => outputs.some((output) => sameShape(output, shape));
  if (producers.length === 1 && inputs.every(isOutput)) return mutable(inputs);
  const input = inputs.length === producers.length ? inputs[producers.indexOf(producer)] : undefined;
  return input !== undefined && isOutput(input) ? mutable([input]) : producer.outputShape;
}

/** The layers of the same list that feed each one. Of several with one name it is the last before the consumer. */
export function producersOf(layers: readonly NetworkLayer[]): ReadonlyMap<NetworkLayer, readonly NetworkLayer[]> {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const before = new Map<string, NetworkLayer>();
  return new Map(
    layers.map((layer) => {
      const fed = layer.inbound.flatMap((name) => before.get(name) ?? byName.get(name) ?? []);
      before.set(layer.name, layer);
      return [layer, fed] as const;
    }),
  );
}

/** Both, without what is in both; unknown where one is. */
export function joinShapes(known: FlowingShapes | undefined, more: FlowingShapes): FlowingShapes {
  if (known === undefined) return more;
  const [a, b] = [shapeList(known), shapeList(more)];
  if (a === undefined || b === undefined) return null;
  return mutable([...a, ...b.filter((shape) => !a.some((other) => sameShape(shape, other)))]);
}

/** `(28, 28)`; `2 × (64)` where as many tensors of one shape go. */
export function flowLabel(shapes: FlowingShapes): string {
  const counts = new Map<string, number>();
  for (const shape of shapeList(shapes) ?? []) counts.set(formatShape(shape), (counts.get(formatShape(shape)) ?? 0) + 1);
  if (counts.size === 0) return "?";
  return [...counts].map(([shape, count]) => (count === 1 ? shape : `${count.toString()} × ${shape}`)).join(", ");
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, index) => dimension === b[index]);
}

function mutable(shapes: readonly Shape[]): FlowingShapes {
  return shapes.map((shape) => [...shape]);
}
