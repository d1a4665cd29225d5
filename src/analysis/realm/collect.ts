import { declaredPlans } from "../../dsl/plan";
import { declarations } from "../../nn/declarations";
import { countParameters, deriveParameterCount } from "../../nn/derivation";
import { InputLayer } from "../../nn/input";
import type { Layer } from "../../nn/layer";
import { Model } from "../../nn/model";
import { isShapeList, type Shape } from "../../nn/shape";
import type { Node } from "../../nn/symbolic";
import type { Weight } from "../../nn/weight";
import type { Shapes, WeightSummary } from "../../protocol";
import type { EvaluatedLayer, EvaluatedModel, EvaluatedPlan } from "../evaluation";
import { layerFrames, modelFrames } from "./frames";

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** The models of the file in the order in which they were made. */
export function collectModels(exports: ReadonlyMap<unknown, string>): EvaluatedModel[] {
  return declarations().models.map((model) => describeModel(model, exports.get(model) ?? null));
}

export function collectPlans(exports: ReadonlyMap<unknown, string>): EvaluatedPlan[] {
  return declaredPlans().map((plan) => ({
    export: exports.get(plan) ?? null,
    model: plan.model.name,
    frames: modelFrames(plan.origin),
  }));
}

function describeModel(model: Model, exportName: string | null): EvaluatedModel {
  const known = isComplete(model);
  return {
    name: model.name,
    export: exportName,
    kind: model.kind,
    frames: layerFrames(model),
    inputShape: shapesOf(model.inputs.map((tensor) => tensor.shape)),
    outputShape: shapesOf(model.outputs.map((tensor) => tensor.shape)),
    layers: describeLayers(model),
    ...parameterCounts(model, known),
    bytes: known ? model.weights.reduce((sum, weight) => sum + weight.size * (BYTES[weight.dtype] ?? 4), 0) : null,
    flops: known ? finite(model.flops()) : null,
  };
}

/** Whether every weight is known: each layer was built. */
function isComplete(layer: Layer): boolean {
  if (!layer.built) return false;
  return !(layer instanceof Model) || layer.layers.every(isComplete);
}

function describeLayers(model: Model): EvaluatedLayer[] {
  const calls = new Map<Layer, Node[]>();
  for (const node of model.nodes) calls.set(node.layer, [...(calls.get(node.layer) ?? []), node]);
  const listed = new Set(model.layers);
  return model.layers.map((layer) => describeLayer(layer, calls.get(layer) ?? [], listed));
}

function describeLayer(layer: Layer, calls: readonly Node[], listed: ReadonlySet<Layer>): EvaluatedLayer {
  const [first] = calls;
  const outputShape = toShapes(first?.outputShape ?? null);
  const producers = calls.flatMap((node) => node.inputs.map((tensor) => tensor.node.layer));
  return {
    name: layer.name,
    type: layer.className,
    frames: layerFrames(layer),
    inputShape: layer instanceof InputLayer ? outputShape : toShapes(first?.inputShape ?? null),
    outputShape,
    ...parameterCounts(layer, isComplete(layer)),
    weights: layer.weights.map((weight) => describeWeight(layer, weight)),
    derivation: deriveParameterCount(layer),
    flops: countFlops(layer, calls),
    inbound: [...new Set(producers)].filter((producer) => listed.has(producer)).map((producer) => producer.name),
    ...(layer instanceof Model ? { layers: describeLayers(layer) } : {}),
  };
}

function parameterCounts(layer: Layer, known: boolean): { params: number | null; trainable: number | null; nonTrainable: number | null } {
  if (!known) return { params: null, trainable: null, nonTrainable: null };
  return {
    params: countParameters(layer.weights),
    trainable: countParameters(layer.trainableWeights),
    nonTrainable: countParameters(layer.nonTrainableWeights),
  };
}

function describeWeight(layer: Layer, weight: Weight): WeightSummary {
  const own = `${layer.name}/`;
  return {
    name: weight.path.startsWith(own) ? weight.path.slice(own.length) : weight.path,
    shape: [...weight.shape],
    trainable: layer.trainableWeights.includes(weight),
  };
}

/** Over all calls: a shared layer computes once for each. */
function countFlops(layer: Layer, calls: readonly Node[]): number | null {
  if (layer instanceof InputLayer) return 0;
  let total: number | null = null;
  for (const { inputShape, outputShape } of calls) {
    const flops = inputShape === null || outputShape === null ? null : layer.flops(inputShape, outputShape);
    if (flops === null) return null;
    total = (total ?? 0) + flops;
  }
  return finite(total);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function shapesOf(shapes: readonly (Shape | null)[]): Shapes {
  const known = shapes.filter((shape) => shape !== null);
  if (known.length < shapes.length || known.length === 0) return null;
  return toShapes(known.length === 1 ? (known[0] ?? null) : known);
}

function toShapes(shapes: Shape | readonly Shape[] | null): Shapes {
  if (shapes === null) return null;
  return isShapeList(shapes) ? shapes.map((shape) => [...shape]) : [...shapes];
}
