import { declaredPlans } from "../../dsl/plan";
import { declarations } from "../../nn/declarations";
import { countParameters, deriveParameterCount } from "../../nn/derivation";
import { ModelError } from "../../nn/errors";
import { InputLayer } from "../../nn/input";
import type { Layer } from "../../nn/layer";
import { Model } from "../../nn/model";
import type { Optimizer } from "../../nn/optimizers/optimizer";
import { isShapeList, type Shape } from "../../nn/shape";
import type { Node } from "../../nn/symbolic";
import type { Weight } from "../../nn/weight";
import type { OptimizerSummary, Shapes, WeightSummary } from "../../protocol";
import type { EvaluatedLayer, EvaluatedModel, EvaluatedPlan } from "../evaluation";
import { documentationIndex } from "./documentation";
import { layerFrames, modelFrames } from "./frames";
import { type LayerWeights, weightsOf } from "./layerWeights";

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** The models of the file in the order in which they were made. */
export function collectModels(exports: ReadonlyMap<unknown, string>): EvaluatedModel[] {
  return declarations().models.flatMap((model) => {
    try {
      return [describeModel(model, exports.get(model) ?? null)];
    } catch (error) {
      declarations().report(undescribable(model, error));
      return [];
    }
  });
}

/** An own layer's code may fail only now, when it is asked. */
function undescribable(model: Model, error: unknown): ModelError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ModelError("layer-call-failed", `The layers of ${model.name} cannot be described: ${reason}`, model, {
    cause: error,
  });
}

export function collectPlans(exports: ReadonlyMap<unknown, string>): EvaluatedPlan[] {
  return declaredPlans().map((plan) => ({
    export: exports.get(plan) ?? null,
    model: plan.model.name,
    optimizer: describeOptimizer(plan.optimizer),
    batchSize: plan.batchSize,
    frames: modelFrames(plan.origin),
  }));
}

function describeOptimizer(optimizer: Optimizer): OptimizerSummary {
  return { name: optimizer.name, slots: optimizer.slots({ shape: [] }).map(({ name }) => name) };
}

function describeModel(model: Model, exportName: string | null): EvaluatedModel {
  const weights = weightsOf(model);
  return {
    name: model.name,
    export: exportName,
    kind: model.kind,
    frames: layerFrames(model),
    inputShape: shapesOf(model.inputs.map((tensor) => tensor.shape)),
    outputShape: shapesOf(model.outputs.map((tensor) => tensor.shape)),
    layers: describeLayers(model),
    ...counts(weights),
    bytes: weights.known ? bytesOf(weights.all) : null,
    flops: weights.known ? finite(model.flops()) : null,
  };
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
  const weights = weightsOf(layer);
  const { params, trainable, nonTrainable } = counts(weights);
  const described: EvaluatedLayer = {
    name: layer.name,
    type: layer.className,
    frames: layerFrames(layer),
    inputShape: layer instanceof InputLayer ? outputShape : toShapes(first?.inputShape ?? null),
    outputShape,
    params,
    trainable,
    nonTrainable,
    bytes: weights.known ? bytesOf(weights.all) : null,
    weights: weights.all.map((weight) => describeWeight(layer, weight, weights.trainable.has(weight))),
    derivation: deriveParameterCount(layer, weights.all),
    flops: countFlops(layer, calls),
    inbound: [...new Set(producers)].filter((producer) => listed.has(producer)).map((producer) => producer.name),
    documentation: documentationIndex(layer),
  };
  if (layer instanceof Model) described.layers = describeLayers(layer);
  return described;
}

function counts({ known, all, trainable }: LayerWeights): Pick<EvaluatedLayer, "params" | "trainable" | "nonTrainable"> {
  if (!known) return { params: null, trainable: null, nonTrainable: null };
  const params = countParameters(all);
  const trainableParams = countParameters([...trainable]);
  return { params, trainable: trainableParams, nonTrainable: params - trainableParams };
}

function bytesOf(weights: readonly Weight[]): number {
  return weights.reduce((sum, weight) => sum + weight.size * (BYTES[weight.dtype] ?? 4), 0);
}

function describeWeight(layer: Layer, weight: Weight, trainable: boolean): WeightSummary {
  const own = `${layer.name}/`;
  const name = weight.path.startsWith(own) ? weight.path.slice(own.length) : weight.path;
  const factors = weight.spec.factors.map((factor) => ({ value: factor.value, name: factor.name }));
  return { name, shape: [...weight.shape], trainable, factors };
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
