import { countParameters, deriveParameterCount } from "../../nn/derivation";
import { InputLayer } from "../../nn/input";
import type { Layer } from "../../nn/layer";
import { Model } from "../../nn/model";
import { isShapeList, type Shape } from "../../nn/shape";
import type { Node } from "../../nn/symbolic";
import type { Weight } from "../../nn/weight";
import type { LayerProperties, Shapes, WeightSummary } from "../../protocol";
import type { EvaluatedLayer, Frame } from "../evaluation";
import { documentationIndex } from "./documentation";
import { frameKey, layerFrames } from "./frames";
import { Interner } from "./interner";
import { type LayerWeights, weightsOf } from "./layerWeights";

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** Describes layers; what many have in common is described once. */
export class LayerDescriber {
  readonly properties = new Interner<LayerProperties>();
  readonly calls = new Interner<Frame[]>();

  describeLayers(model: Model): EvaluatedLayer[] {
    const calls = new Map<Layer, Node[]>();
    for (const node of model.nodes) {
      const ofLayer = calls.get(node.layer);
      if (ofLayer === undefined) calls.set(node.layer, [node]);
      else ofLayer.push(node);
    }
    const listed = new Set(model.layers);
    return model.layers.map((layer) => this.describeLayer(layer, calls.get(layer) ?? [], listed));
  }

  private describeLayer(layer: Layer, calls: readonly Node[], listed: ReadonlySet<Layer>): EvaluatedLayer {
    const producers = calls.flatMap((node) => node.inputs.map((tensor) => tensor.node.layer));
    const frames = layerFrames(layer);
    const properties = propertiesOf(layer, calls);
    const described: EvaluatedLayer = {
      name: layer.name,
      inbound: [...new Set(producers)].filter((producer) => listed.has(producer)).map((producer) => producer.name),
      properties: this.properties.place(JSON.stringify(properties), properties),
      call: this.calls.place(frameKey(frames), frames),
    };
    if (layer instanceof Model) described.layers = this.describeLayers(layer);
    return described;
  }
}

function propertiesOf(layer: Layer, calls: readonly Node[]): LayerProperties {
  const [first] = calls;
  const outputShape = toShapes(first?.outputShape ?? null);
  const weights = weightsOf(layer);
  const { params, trainable, nonTrainable } = counts(weights);
  return {
    type: layer.className,
    inputShape: layer instanceof InputLayer ? outputShape : toShapes(first?.inputShape ?? null),
    outputShape,
    params,
    trainable,
    nonTrainable,
    bytes: weights.known ? bytesOf(weights.all) : null,
    weights: weights.all.map((weight) => describeWeight(layer, weight, weights.trainable.has(weight))),
    derivation: deriveParameterCount(layer, weights.all),
    flops: countFlops(layer, calls),
    documentation: documentationIndex(layer),
  };
}

export function counts({ known, all, trainable }: LayerWeights): Pick<LayerProperties, "params" | "trainable" | "nonTrainable"> {
  if (!known) return { params: null, trainable: null, nonTrainable: null };
  const params = countParameters(all);
  const trainableParams = countParameters([...trainable]);
  return { params, trainable: trainableParams, nonTrainable: params - trainableParams };
}

export function bytesOf(weights: readonly Weight[]): number {
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

export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

export function toShapes(shapes: Shape | readonly Shape[] | null): Shapes {
  if (shapes === null) return null;
  return isShapeList(shapes) ? shapes.map((shape) => [...shape]) : [...shapes];
}
