import { BatchNormalization } from "../../../nn/layers/batchNormalization";
import { Dense } from "../../../nn/layers/dense";
import { LayerNormalization } from "../../../nn/layers/layerNormalization";
import { Permute, RepeatVector } from "../../../nn/layers/reshaping";
import type { Layer } from "../../../nn/layer";
import type { Node } from "../../../nn/symbolic";
import { sampleLabelShape } from "./knownData";
import { isActivationLayer, isPassive, isRearrangement } from "./layerKinds";
import { type ModelGraph, outputShapeOf } from "./modelGraph";
import type { PlanView } from "./rule";

/** Whether a layer works on each row or place for itself, or makes rows of a grid. */
export function worksOnRows(layer: Layer): boolean {
  if (layer instanceof Permute || layer instanceof RepeatVector) return false;
  return layer instanceof Dense || isActivationLayer(layer) || isPassive(layer) || layer instanceof BatchNormalization;
}

/**
 * Whether what a call makes of each place is put to use as such: merged with another tensor, or seen together with the other places by pooling,
 * attention and the like. A model that is part of another is asked about where it is called.
 */
export function placesAreUsed(models: readonly ModelGraph[], graph: ModelGraph, node: Node): boolean {
  const seen = new Set<Node>();
  const waiting = [node];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (graph.isOutput(next) && !graph.isWhole && callersUsePlaces(models, graph)) return true;
    for (const follower of graph.followersOf(next)) {
      if (isRearrangement(follower.layer) && outputShapeOf(follower)?.length === 2) continue;
      if (!worksOnRows(follower.layer) && !(follower.layer instanceof LayerNormalization)) return true;
      waiting.push(follower);
    }
  }
  return false;
}

/** Also where nothing is known of the calls: in the code of an own layer. */
function callersUsePlaces(models: readonly ModelGraph[], { model }: ModelGraph): boolean {
  const calls = models.flatMap((caller) =>
    caller.nodes.filter(({ layer }) => layer === model).map((call) => placesAreUsed(models, caller, call)),
  );
  return calls.length === 0 || calls.includes(true);
}

/** Whether the data have a label for each place of an output. */
export function labelsEveryPlace({ plan, heads }: PlanView): boolean {
  return heads.some(({ name, shape }) => {
    const places = shape.slice(1, -1);
    const labels = sampleLabelShape(plan.options.data, name);
    return (
      places.length > 0 &&
      labels !== undefined &&
      places.length <= labels.length &&
      places.every((size, axis) => size === null || labels[axis] === size)
    );
  });
}
