import type { Layer } from "../../../nn/layer";
import { BatchNormalization } from "../../../nn/layers/batchNormalization";
import { ReLU } from "../../../nn/layers/rectifiers";
import { Softmax } from "../../../nn/layers/softmax";
import type { Node } from "../../../nn/symbolic";
import type { Proposal } from "../../evaluation";
import { proposal, remove, safeProposal, set } from "./edits";
import { activationOf, isActivationLayer, isKernelLayer, isPassive } from "./layerKinds";
import { type ModelGraph, outputShapeOf } from "./modelGraph";
import type { Rule, Violation } from "./rule";

/** What the last layer of a classifier gives: probabilities, which need nothing more. */
const PROBABILITIES = ["softmax", "sigmoid"];
/** They squeeze the probabilities together, so that none is near to 0 or 1 any more. */
const SQUASHING = ["softmax", "sigmoid", "hardSigmoid", "tanh"];
/** They leave what is positive as it is. */
const RECTIFIERS = ["relu", "leakyRelu", "elu"];

export const outputActivationTwice: Rule = {
  code: "output-activation-twice",
  *check({ models }) {
    for (const graph of models.filter(({ isWhole }) => isWhole)) {
      for (const node of graph.nodes) {
        const first = leadsToOutput(graph, node) ? probabilitiesBefore(graph, node) : undefined;
        const problem = first === undefined ? undefined : problemOf(first, node);
        if (problem !== undefined) yield { subject: node.layer, model: graph.model, ...problem };
      }
    }
  },
};

function leadsToOutput(graph: ModelGraph, node: Node): boolean {
  let last: Node | undefined = node;
  while (last !== undefined && !graph.isOutput(last)) {
    last = graph.soleFollower(last);
    if (last !== undefined && !isPassive(last.layer)) return false;
  }
  return last !== undefined;
}

/** The call that gives the probabilities which another takes, and nobody else. */
function probabilitiesBefore(graph: ModelGraph, { inputs: [input] }: Node): Node | undefined {
  let node = input?.node;
  while (node !== undefined && isPassive(node.layer)) node = node.inputs[0]?.node;
  if (node === undefined || outputShapeOf(node) === undefined || graph.soleFollower(node) === undefined) return undefined;
  const { layer } = node;
  const isLast = isKernelLayer(layer) || isActivationLayer(layer);
  return isLast && PROBABILITIES.includes(activationOf(layer) ?? "") ? node : undefined;
}

function problemOf(first: Node, { layer, outputs }: Node): Pick<Violation, "message" | "severity" | "proposals"> | undefined {
  const before = activationOf(first.layer) ?? "";
  const values = `${first.layer.name} gives probabilities already, by ${before}`;
  if (layer instanceof BatchNormalization) {
    // Of features, which a sigmoid may give too, it would be right.
    if (before !== "softmax") return undefined;
    return {
      message: `${values}, and ${layer.name} behind it moves and stretches each class by itself, so that they no longer lie between 0 and 1 nor sum to 1. Put the normalization before the output layer, or take it away.`,
      proposals: [safeProposal(`Remove ${layer.name}`, remove(layer))],
    };
  }
  const after = isActivationLayer(layer) ? (activationOf(layer) ?? "") : "";
  if (RECTIFIERS.includes(after) && !bends(layer)) {
    return {
      severity: "info",
      message: `${values}, none of which is negative: ${layer.name} behind it applies ${after}, which changes nothing. Take it away.`,
      proposals: [safeProposal(`Remove ${layer.name}`, remove(layer))],
    };
  }
  const rank = outputs[0]?.shape?.length ?? 0;
  if (!SQUASHING.includes(after) || !isOverClasses(first.layer, rank) || !isOverClasses(layer, rank)) return undefined;
  const leavingOut = isKernelLayer(first.layer)
    ? [proposal(`Leave out the activation of ${first.layer.name}`, set(first.layer, ["activation"], `"linear"`))]
    : [proposal(`Remove ${first.layer.name}`, remove(first.layer))];
  return {
    message: `${values}, and ${layer.name} applies ${after === before ? `${after} once more` : after}: that presses the probabilities together, so that the model is never sure and its gradients are small. Leave one of the two out.`,
    proposals: removals(before, after, layer, leavingOut),
  };
}

/** Whichever of two like ones goes, the same is left. Softmax is what one class out of many wants. */
function removals(before: string, after: string, layer: Layer, leavingOut: readonly Proposal[]): Proposal[] {
  if (before === after) return [safeProposal(`Remove the second ${after}`, remove(layer)), ...leavingOut];
  const removing = proposal(`Remove ${layer.name}`, remove(layer));
  return after === "softmax" ? [...leavingOut, removing] : [removing, ...leavingOut];
}

/** Whether a rectifier changes values between 0 and 1 too. */
function bends(layer: Layer): boolean {
  return layer instanceof ReLU && (layer.threshold > 0 || (layer.maxValue ?? 1) < 1);
}

/** Softmax along two axes one after the other makes rows and columns shares. */
function isOverClasses(layer: Layer, rank: number): boolean {
  return !(layer instanceof Softmax) || layer.axis === -1 || layer.axis === rank - 1;
}
