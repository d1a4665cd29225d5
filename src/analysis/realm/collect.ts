import { declaredPlans } from "../../dsl/plan";
import { declarations } from "../../nn/declarations";
import { ModelError } from "../../nn/errors";
import type { Model } from "../../nn/model";
import type { Optimizer } from "../../nn/optimizers/optimizer";
import type { Shape } from "../../nn/shape";
import type { OptimizerSummary, Shapes } from "../../protocol";
import type { EvaluatedModel, EvaluatedPlan, Evaluation } from "../evaluation";
import { layerFrames } from "./frames";
import { modelFrames } from "./stackTraces";
import { bytesOf, counts, finite, LayerDescriber, toShapes } from "./layerDescriber";
import { weightsOf } from "./layerWeights";

export interface CollectedModels extends Pick<Evaluation, "layerProperties" | "layerCalls"> {
  /** In the order in which they were made, with what is said of them. */
  readonly models: ReadonlyMap<Model, EvaluatedModel>;
}

/** The models of the file, and what their layers refer to. */
export function collectModels(exports: ReadonlyMap<unknown, string>): CollectedModels {
  const describer = new LayerDescriber();
  const described = declarations().models.flatMap((model) => {
    try {
      return [[model, describeModel(model, exports.get(model) ?? null, describer)] as const];
    } catch (error) {
      declarations().report(undescribable(model, error));
      return [];
    }
  });
  return { models: new Map(described), layerProperties: describer.properties.values, layerCalls: describer.calls.values };
}

/** An own layer's code may fail only now, when it is asked. */
function undescribable(model: Model, error: unknown): ModelError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ModelError("layer-call-failed", `The layers of ${model.name} cannot be described: ${reason}`, model, {
    cause: error,
  });
}

export function collectPlans(exports: ReadonlyMap<unknown, string>, models: readonly Model[]): EvaluatedPlan[] {
  return declaredPlans().map((plan) => ({
    export: exports.get(plan) ?? null,
    model: plan.model.name,
    modelIndex: models.indexOf(plan.model),
    optimizer: describeOptimizer(plan.optimizer),
    batchSize: plan.batchSize,
    frames: modelFrames(plan.origin),
  }));
}

function describeOptimizer(optimizer: Optimizer): OptimizerSummary {
  return { name: optimizer.name, slots: optimizer.slots({ shape: [] }).map(({ name }) => name) };
}

function describeModel(model: Model, exportName: string | null, describer: LayerDescriber): EvaluatedModel {
  const weights = weightsOf(model);
  return {
    name: model.name,
    export: exportName,
    kind: model.kind,
    frames: layerFrames(model),
    inputShape: shapesOf(model.inputs.map((tensor) => tensor.shape)),
    outputShape: shapesOf(model.outputs.map((tensor) => tensor.shape)),
    layers: describer.describeLayers(model),
    ...counts(weights),
    bytes: weights.known ? bytesOf(weights.all) : null,
    flops: weights.known ? finite(model.flops()) : null,
  };
}

function shapesOf(shapes: readonly (Shape | null)[]): Shapes {
  const known = shapes.filter((shape) => shape !== null);
  if (known.length < shapes.length || known.length === 0) return null;
  return toShapes(known.length === 1 ? (known[0] ?? null) : known);
}
