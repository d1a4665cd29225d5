import type { Layer } from "../../../nn/layer";
import { BatchNormalization } from "../../../nn/layers/batchNormalization";
import { BaseConvolution } from "../../../nn/layers/convolution";
import { Dense } from "../../../nn/layers/dense";
import { DepthwiseConv1D, DepthwiseConv2D } from "../../../nn/layers/depthwiseConvolution";
import { Softmax } from "../../../nn/layers/softmax";
import type { Node } from "../../../nn/symbolic";
import { weightsOf } from "../layerWeights";
import { proposal, replace, safeProposal, set } from "./edits";
import {
  activationAfter,
  activationOf,
  isActivationLayer,
  isDropout,
  isKernelLayer,
  isPassive,
  learnsFromValues,
} from "./layerKinds";
import { inputShapeOf, type ModelGraph, outputShapeOf } from "./modelGraph";
import type { Rule, Violation } from "./rule";

/** Two layers of one kind without an activation between them compute what one could: their product is one matrix. */
export const linearStack: Rule = {
  code: "linear-stack",
  *check({ models }) {
    for (const graph of models) {
      for (const node of graph.nodes) {
        const next = linearFollower(graph, node);
        if (next === undefined) continue;
        const { layer } = node;
        const argument = hasOwnLinear(node) ? ["activation"] : undefined;
        yield {
          subject: layer,
          ...(argument && { argument }),
          message: `${layer.name} has no activation, and ${next.layer.name} follows it: two linear layers compute no more than one. Give ${layer.name} an activation such as "relu".`,
          model: graph.model,
          proposals: [
            proposal(`Give it the activation "relu"`, set(layer, ["activation"], `"relu"`)),
            proposal(`Give it the activation "tanh"`, set(layer, ["activation"], `"tanh"`)),
          ],
        };
      }
    }
  },
};

/** The layer that takes a linear one's values as they are, where the two could be one. A bottleneck narrows on purpose: it is none. */
function linearFollower(graph: ModelGraph, node: Node): Node | undefined {
  const { layer } = node;
  if (!isKernelLayer(layer) || activationOf(layer) !== "linear") return undefined;
  let next = graph.soleFollower(node);
  while (next !== undefined && keepsLinear(layer, next.layer)) next = graph.soleFollower(next);
  const output = next === undefined ? undefined : outputShapeOf(next)?.at(-1);
  if (next === undefined || !isKernelLayer(next.layer) || typeof output !== "number") return undefined;
  const isSameKind = layer instanceof Dense ? next.layer instanceof Dense : next.layer instanceof BaseConvolution;
  const [input, width] = [inputShapeOf(node)?.at(-1), outputShapeOf(node)?.at(-1)];
  const isBottleneck = typeof input === "number" && typeof width === "number" && width < Math.min(input, output);
  return isSameKind && !isBottleneck && !isFactorization(layer, next.layer) ? next : undefined;
}

/** Whether what stands between two layers leaves them linear. A convolution sees places: their order must stay. */
function keepsLinear(first: Layer, between: Layer): boolean {
  if (between instanceof BatchNormalization) return true;
  return first instanceof Dense ? isPassive(between) : isDropout(between);
}

/** Whether two convolutions are one on purpose, made of smaller kernels: by channels, by axes, or from a finer map. */
function isFactorization(first: Layer, second: Layer): boolean {
  if (!(first instanceof BaseConvolution && second instanceof BaseConvolution)) return false;
  if (first instanceof DepthwiseConv1D || first instanceof DepthwiseConv2D) return true;
  if (second instanceof DepthwiseConv1D || second instanceof DepthwiseConv2D) return true;
  if (/Transpose$/.test(first.className) && first.window.strides.some((stride) => stride > 1)) return true;
  const widens = (one: BaseConvolution, other: BaseConvolution): boolean =>
    one.window.size.some((size, axis) => size === 1 && (other.window.size[axis] ?? 1) > 1);
  return widens(first, second) && widens(second, first);
}

function hasOwnLinear({ layer }: Node): boolean {
  return isKernelLayer(layer) && layer.activation.name === "linear";
}

export const softmaxInHiddenLayer: Rule = {
  code: "softmax-in-hidden-layer",
  *check({ models }) {
    for (const graph of models) {
      for (const node of graph.nodes) {
        const { layer } = node;
        if (activationOf(layer) !== "softmax" || outputShapeOf(node) === undefined) continue;
        const follower = firstLearner(graph, node);
        if (follower === undefined) continue;
        yield {
          subject: layer,
          ...activationArgument(node),
          message: `${layer.name} applies softmax, and ${follower.layer.name} follows it. Softmax turns values into shares that sum to 1, which squeezes what the next layer sees: it belongs at the output. Use "relu" in hidden layers.`,
          model: graph.model,
          proposals: [proposal(`Change softmax to "relu"`, changeActivation(node, "relu"))],
        };
      }
    }
  },
};

/** The layer that learns from what a call makes, behind dropout, normalization and further activations. */
function firstLearner(graph: ModelGraph, node: Node): Node | undefined {
  for (const tensor of node.outputs) {
    for (const next of graph.reached(tensor, passesToLearner)) {
      if (learnsFromValues(next.layer) && outputShapeOf(next) !== undefined) return next;
    }
  }
  return undefined;
}

function passesToLearner(layer: Layer): boolean {
  return isPassive(layer) || isActivationLayer(layer) || layer instanceof BatchNormalization;
}

export const softmaxOverOneUnit: Rule = {
  code: "softmax-over-one-unit",
  *check({ models }) {
    for (const graph of models) {
      for (const node of graph.nodes) {
        const { layer } = node;
        const shape = outputShapeOf(node);
        const axis = layer instanceof Softmax ? layer.axis : -1;
        if (activationOf(layer) !== "softmax" || shape?.at(axis) !== 1) continue;
        yield {
          subject: layer,
          ...activationArgument(node),
          message: `${layer.name} applies softmax over a single unit: its output is always 1, whatever the input. For a yes or no use "sigmoid"; for classes give the layer one unit each.`,
          model: graph.model,
          proposals: [safeProposal(`Change softmax to "sigmoid"`, changeActivation(node, "sigmoid"))],
        };
      }
    }
  },
};

function activationArgument({ layer }: Node): Pick<Violation, "argument"> {
  if (isKernelLayer(layer)) return { argument: ["activation"] };
  return layer instanceof Softmax ? {} : { argument: [0] };
}

function changeActivation({ layer }: Node, name: string): ReturnType<typeof set> {
  const text = JSON.stringify(name);
  if (layer instanceof Softmax) return replace(layer, `layers.activation(${text})`);
  return set(layer, isActivationLayer(layer) ? [0] : ["activation"], text);
}

type Family = "he" | "glorot" | "lecun";

const FAMILY_NAMES: Readonly<Record<Family, string>> = { he: "He", glorot: "Glorot", lecun: "LeCun" };

/** What each activation wants. Glorot & Bengio 2010; He et al. 2015; Klambauer et al. 2017. Others are not judged. */
const WANTED: Readonly<Record<string, Family>> = {
  relu: "he",
  relu6: "he",
  leakyRelu: "he",
  elu: "he",
  gelu: "he",
  silu: "he",
  mish: "he",
  selu: "lecun",
  tanh: "glorot",
  sigmoid: "glorot",
  softsign: "glorot",
};

export const initializerActivationMismatch: Rule = {
  code: "initializer-activation-mismatch",
  *check({ models }) {
    for (const graph of models) {
      for (const node of graph.nodes) {
        const { layer } = node;
        const initializer = weightsOf(layer).all.find(({ spec }) => spec.name === "kernel")?.spec.initializer.name;
        const family = initializer === undefined ? undefined : familyOf(initializer);
        if (initializer === undefined || family === undefined || !isKernelLayer(layer) || graph.isOutput(node)) continue;
        const activation = activationAfter(graph, node)?.name ?? "";
        const wanted = Object.hasOwn(WANTED, activation) ? WANTED[activation] : undefined;
        if (wanted === undefined || wanted === family) continue;
        // Glorot is the default: it may not have been chosen, and only SELU depends on another.
        const isDefault = initializer === "glorotUniform";
        if (isDefault && wanted !== "lecun") continue;
        const better = `${wanted}${initializer.endsWith("Uniform") ? "Uniform" : "Normal"}`;
        yield {
          subject: layer,
          argument: ["kernelInitializer"],
          ...(isDefault && { severity: "info" as const }),
          message: `${layer.name} draws its kernel by ${initializer}${isDefault ? ", the default," : ""} and applies ${activation}: ${FAMILY_NAMES[family]}'s variance was derived for ${suited(family)}. With ${activation} use "${better}", so that the values keep their scale from layer to layer.`,
          model: graph.model,
          proposals: [proposal(`Use the initializer "${better}"`, set(layer, ["kernelInitializer"], JSON.stringify(better)))],
        };
      }
    }
  },
};

function familyOf(initializer: string): Family | undefined {
  const [, family] = /^(he|glorot|lecun)(?:Normal|Uniform)$/.exec(initializer) ?? [];
  return family as Family | undefined;
}

function suited(family: Family): string {
  return { he: "ReLU and its kin", glorot: "tanh and sigmoid", lecun: "SELU" }[family];
}

/** Batch normalization subtracts each feature's mean, and with it any bias before it. */
export const biasBeforeBatchNormalization: Rule = {
  code: "bias-before-batch-normalization",
  *check({ models }) {
    for (const graph of models) {
      for (const node of graph.nodes) {
        const { layer } = node;
        const next = graph.soleFollower(node);
        if (!isKernelLayer(layer) || !layer.useBias || activationOf(layer) !== "linear") continue;
        if (!(next?.layer instanceof BatchNormalization) || !next.layer.center) continue;
        yield {
          subject: layer,
          message: `${layer.name} adds a bias, which ${next.layer.name} takes away again with the mean, and then adds an offset of its own. useBias: false saves the biases, and the network computes the same.`,
          model: graph.model,
          proposals: [safeProposal("Leave out the bias", set(layer, ["useBias"], "false"))],
        };
      }
    }
  },
};
