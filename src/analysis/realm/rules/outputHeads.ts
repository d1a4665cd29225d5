import { isByOutput, isList, type Plan } from "../../../dsl/plan";
import type { Layer } from "../../../nn/layer";
import { Model } from "../../../nn/model";
import { type LossLike, resolveLoss } from "../../../nn/losses";
import { type MetricLike, resolveMetric } from "../../../nn/metrics";
import type { Shape } from "../../../nn/shape";
import type { Node, SymbolicTensor } from "../../../nn/symbolic";
import type { ArgumentPath, ProposedEdit } from "../../evaluation";
import { replace, set } from "./edits";
import { type Labels, labelsOf } from "./knownData";
import { activationOf, isActivationLayer, isKernelLayer, isPassive, type KernelLayer } from "./layerKinds";
import { Activation } from "../../../nn/layers/activation";

export interface PlannedLoss {
  /** camelCase; `custom` for a function. */
  readonly name: string;
  /** Leads to it in the plan's options. */
  readonly path: Readonly<ArgumentPath>;
  /** Whether it is certain that it takes probabilities, not logits. */
  readonly takesProbabilities: boolean;
  /** Whether it was told that it takes logits. */
  readonly takesLogits: boolean;
}

export interface PlannedMetric {
  readonly name: string;
  readonly path: Readonly<ArgumentPath>;
}

/** One output of a model under a plan: what makes it, and what it is compared with. */
export interface OutputHead {
  readonly name: string;
  readonly output: SymbolicTensor;
  /** Batch first. */
  readonly shape: Shape;
  /** The size of the last dimension. */
  readonly units: number;
  /** The layer with a kernel that makes the output; undefined where another kind of layer does. */
  readonly layer: KernelLayer | undefined;
  /** The last activation, `linear` for none; undefined where it is unknown. */
  readonly activation: string | undefined;
  /** The layer that applies the activation. */
  readonly activationLayer: Layer | undefined;
  readonly loss: PlannedLoss | undefined;
  readonly metrics: readonly PlannedMetric[];
  readonly labels: Labels | undefined;
}

/** The outputs of a plan's model whose shapes are known. */
export function outputHeads(plan: Plan): OutputHead[] {
  const { model } = plan;
  return model.outputs.flatMap((tensor, index) => {
    const name = model.outputNames[index] ?? "";
    const units = tensor.shape?.at(-1);
    if (tensor.shape === null || typeof units !== "number") return [];
    const loss = plannedLoss(plan, name);
    const labels = labelsOf(plan.options.data, name, tensor.shape);
    const metrics = plannedMetrics(plan, name);
    return [{ name, output: tensor, shape: tensor.shape, units, ...findMaker(tensor), loss, metrics, labels }];
  });
}

/** Gives an output another activation. */
export function setActivation({ layer, activationLayer }: OutputHead, name: string): ProposedEdit[] {
  const text = JSON.stringify(name);
  if (activationLayer instanceof Activation) return [set(activationLayer, [0], text)];
  if (activationLayer !== undefined && activationLayer !== layer) return [replace(activationLayer, `layers.activation(${text})`)];
  return layer === undefined ? [] : [set(layer, ["activation"], text)];
}

function findMaker(tensor: SymbolicTensor): Pick<OutputHead, "layer" | "activation" | "activationLayer"> {
  let activationLayer: Layer | undefined;
  for (let node = producerOf(tensor); node !== undefined; node = producerOf(node.inputs[0])) {
    const { layer } = node;
    if (isKernelLayer(layer) || isActivationLayer(layer)) {
      if (activationOf(layer) !== "linear") activationLayer ??= layer;
    } else if (!isPassive(layer)) {
      break;
    }
    if (isKernelLayer(layer)) {
      return { layer, activation: activationLayer === undefined ? "linear" : activationOf(activationLayer), activationLayer };
    }
  }
  return { layer: undefined, activation: activationLayer && activationOf(activationLayer), activationLayer };
}

/** The call that makes a tensor; of a nested model's, the one inside. */
function producerOf(tensor: SymbolicTensor | undefined): Node | undefined {
  const node = tensor?.node;
  if (node === undefined || !(node.layer instanceof Model)) return node;
  return node.layer.outputs.length === 1 ? producerOf(node.layer.outputs[0]) : undefined;
}

/** The loss of an output; undefined where there is none, or an unknown one. */
export function plannedLoss({ options }: Plan, output: string): PlannedLoss | undefined {
  const given = options.loss as LossLike | Readonly<Record<string, LossLike>> | undefined;
  if (given === undefined) return undefined;
  const like = isByOutput(given) ? given[output] : given;
  try {
    if (like === undefined) return undefined;
    const path = isByOutput(given) ? ["loss", output] : ["loss"];
    const { name, fromLogits } = resolveLoss(like);
    return { name, path, takesProbabilities: typeof like === "string" || fromLogits === false, takesLogits: fromLogits === true };
  } catch {
    // An unknown loss has a diagnostic of its own.
    return undefined;
  }
}

function plannedMetrics({ options: { metrics = [] } }: Plan, output: string): PlannedMetric[] {
  const likes = isList(metrics) ? metrics : (metrics[output] ?? []);
  const path = isList(metrics) ? ["metrics"] : ["metrics", output];
  return likes.flatMap((like: MetricLike, index) => {
    try {
      // A function of one's own may have any name.
      return typeof like === "function" ? [] : [{ name: resolveMetric(like).name, path: [...path, index] }];
    } catch {
      // An unknown metric has a diagnostic of its own.
      return [];
    }
  });
}
