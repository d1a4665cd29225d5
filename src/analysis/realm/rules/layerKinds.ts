import { type Activation as ResolvedActivation, activationNames } from "../../../nn/activations";
import type { Layer } from "../../../nn/layer";
import { Activation } from "../../../nn/layers/activation";
import { BatchNormalization } from "../../../nn/layers/batchNormalization";
import { BaseConvolution } from "../../../nn/layers/convolution";
import { Dense } from "../../../nn/layers/dense";
import { Bidirectional } from "../../../nn/layers/bidirectional";
import { ELU, LeakyReLU, PReLU, ReLU } from "../../../nn/layers/rectifiers";
import { Recurrent } from "../../../nn/layers/recurrent";
import {
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from "../../../nn/layers/regularization";
import { Flatten, Permute, RepeatVector, Reshape } from "../../../nn/layers/reshaping";
import { Softmax } from "../../../nn/layers/softmax";
import { TimeDistributed } from "../../../nn/layers/timeDistributed";
import type { Node } from "../../../nn/symbolic";
import type { ModelGraph } from "./modelGraph";

const DROPOUTS = [Dropout, AlphaDropout, GaussianDropout, SpatialDropout1D, SpatialDropout2D, SpatialDropout3D];
const NOISES = [...DROPOUTS, GaussianNoise, ActivityRegularization];
const REARRANGEMENTS = [Flatten, Reshape, Permute, RepeatVector];

type LayerClass = abstract new (...parameters: never) => Layer;

function isOneOf(layer: Layer, classes: readonly LayerClass[]): boolean {
  return classes.some((layerClass) => layer instanceof layerClass);
}

export function isDropout(layer: Layer): boolean {
  return isOneOf(layer, DROPOUTS);
}

/** Whether a layer passes its values on as they are, apart from noise and order. */
export function isPassive(layer: Layer): boolean {
  return isOneOf(layer, NOISES) || isOneOf(layer, REARRANGEMENTS);
}

/** Whether a layer passes its values on just as they are, in another order or shape. */
export function isRearrangement(layer: Layer): boolean {
  return isOneOf(layer, REARRANGEMENTS);
}

/** A layer that multiplies by a kernel and then applies its activation. */
export type KernelLayer = Dense | BaseConvolution;

export function isKernelLayer(layer: Layer): layer is KernelLayer {
  return layer instanceof Dense || layer instanceof BaseConvolution;
}

/** Whether a layer learns from the values themselves, so that it matters how they are distributed. */
export function learnsFromValues(layer: Layer): boolean {
  return isKernelLayer(layer) || layer instanceof Recurrent || layer instanceof Bidirectional || layer instanceof TimeDistributed;
}

/** A layer that does nothing but apply an activation. */
export function isActivationLayer(layer: Layer): boolean {
  return isOneOf(layer, [Activation, Softmax, ReLU, LeakyReLU, PReLU, ELU]);
}

/** The camelCase name of the activation that a layer applies to its output; undefined where it applies none or one of the user's own. */
export function activationOf(layer: Layer): string | undefined {
  if (layer instanceof Softmax) return "softmax";
  if (layer instanceof ReLU) return "relu";
  if (layer instanceof LeakyReLU || layer instanceof PReLU) return "leakyRelu";
  if (layer instanceof ELU) return "elu";
  if (layer instanceof Activation || isKernelLayer(layer) || layer instanceof Recurrent) return nameOf(layer.activation);
  return undefined;
}

function nameOf({ name }: ResolvedActivation): string | undefined {
  return activationNames.includes(name) ? name : undefined;
}

export interface AppliedActivation {
  readonly name: string;
  /** The layer that applies it. */
  readonly layer: Layer;
}

/** The activation that what a kernel layer makes goes through: its own, or that of a layer that follows it alone. */
export function activationAfter(graph: ModelGraph, node: Node): AppliedActivation | undefined {
  const own = activationOf(node.layer);
  if (own !== "linear") return own === undefined ? undefined : { name: own, layer: node.layer };
  for (let next = graph.soleFollower(node); next !== undefined; next = graph.soleFollower(next)) {
    if (isActivationLayer(next.layer)) {
      const name = activationOf(next.layer);
      return name === undefined ? undefined : { name, layer: next.layer };
    }
    if (!isPassive(next.layer) && !(next.layer instanceof BatchNormalization)) break;
  }
  return { name: "linear", layer: node.layer };
}
