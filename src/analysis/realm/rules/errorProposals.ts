import { declaredPlans } from "../../../dsl/plan";
import type { ModelError } from "../../../nn/errors";
import type { Layer } from "../../../nn/layer";
import { BaseConvolution } from "../../../nn/layers/convolution";
import { Dense } from "../../../nn/layers/dense";
import { Dot } from "../../../nn/layers/dot";
import { Recurrent } from "../../../nn/layers/recurrent";
import { RepeatVector } from "../../../nn/layers/reshaping";
import { declarations } from "../../../nn/declarations";
import type { Sequential } from "../../../nn/sequential";
import { isShapeList, type Shape } from "../../../nn/shape";
import type { Node } from "../../../nn/symbolic";
import type { Proposal } from "../../evaluation";
import { errorArgument, framesOfError, receivedShape, windowPosition } from "../modelErrors";
import { correcting } from "./callForms";
import { insertBefore, proposal, safeProposal, set } from "./edits";
import { sampleShapeOf } from "./knownData";
import { keepingEdges } from "./mergeProposals";

/** Ways to put right what a layer refused. */
export function proposalsFor(error: ModelError): Proposal[] {
  const { code, layer, mistake } = error;
  if (mistake !== undefined) return correcting(mistake, framesOfError(error), errorArgument(error));
  if (layer === undefined) return [];
  if (code === "kernel-larger-than-input") return padding(layer);
  if (code === "duplicate-name") return [safeProposal(...renaming(layer))];
  if (code === "merge-shape-mismatch") return [...matchingUnits(layer), ...keepingEdges(layer)];
  if (code === "shape-mismatch") return [...returningSequences(layer), ...reshaping(layer), ...flattening(layer)];
  return [];
}

/** The shape of one sample, where the data of a plan tell. */
export function proposalsForInputShape(model: Sequential): Proposal[] {
  const data = declaredPlans().find((plan) => plan.model === model)?.options.data;
  const shape = data === undefined ? undefined : sampleShapeOf(data, "");
  if (shape === undefined || shape.length === 0 || shape.includes(null)) return [];
  const text = `[${shape.join(", ")}]`;
  return [safeProposal(`Set inputShape to ${text}, the data's`, set(model, ["inputShape"], text))];
}

function padding(layer: Layer): Proposal[] {
  const shape = receivedShape(layer);
  const rank = shape === undefined ? 0 : shape.length - 2;
  const spatial = shape?.slice(1, 1 + rank).filter((size) => size !== null) ?? [];
  const least = Math.min(...spatial);
  return [
    proposal(`Set padding to "same"`, set(layer, ["padding"], `"same"`)),
    ...(spatial.length === rank && rank > 0
      ? [proposal(`Reduce the window to ${least}`, set(layer, [windowPosition(layer)], String(least)))]
      : []),
  ];
}

function renaming(layer: Layer): [title: string, edit: ReturnType<typeof set>] {
  const names = new Set(declarations().layers.map(({ name }) => name));
  let number = 2;
  while (names.has(`${layer.name}_${number}`)) number++;
  const name = `${layer.name}_${number}`;
  return [`Rename it to "${name}"`, set(layer, ["name"], JSON.stringify(name))];
}

/** A recurrent layer after another wants all its outputs, not the last alone. */
function returningSequences(layer: Layer): Proposal[] {
  const producer = layer.inboundNodes.at(-1)?.inputs[0]?.node.layer;
  if (!(producer instanceof Recurrent) || producer.returnSequences) return [];
  const title = `Let ${producer.name} return its whole sequence (returnSequences: true)`;
  return [proposal(title, set(producer, ["returnSequences"], "true"))];
}

/** A missing dimension of channels or features. */
function reshaping(layer: Layer): Proposal[] {
  const sample = receivedShape(layer)?.slice(1);
  const wanted = layer instanceof BaseConvolution ? layer.rank + 1 : layer instanceof Recurrent ? 2 : spatialRankOf(layer) + 1;
  if (sample === undefined || sample.includes(null) || sample.length !== wanted - 1 || wanted < 2) return [];
  const text = `layers.reshape([${[...sample, 1].join(", ")}])`;
  return [proposal(`Insert ${text}`, insertBefore(layer, text))];
}

/** Pooling, padding and the like name their rank: `MaxPooling2D`. */
function spatialRankOf({ className }: Layer): number {
  return Number(/([123])D$/.exec(className)?.[1] ?? 0);
}

function flattening(layer: Layer): Proposal[] {
  const shape = receivedShape(layer);
  const wantsRow = layer instanceof RepeatVector;
  return wantsRow && (shape?.length ?? 0) > 2
    ? [proposal("Insert layers.flatten()", insertBefore(layer, "layers.flatten()"))]
    : [];
}

/** Gives one of the merged layers the width of the others. */
function matchingUnits(layer: Layer): Proposal[] {
  const node = layer.inboundNodes.at(-1);
  const shapes = node?.inputShape;
  if (node === undefined || shapes === undefined || shapes === null || !isShapeList(shapes) || layer instanceof Dot) return [];
  return node.inputs.flatMap(({ node: producer }, index) => widening(producer, shapes[index] ?? [], shapes));
}

function widening({ layer }: Node, own: Shape, shapes: readonly Shape[]): Proposal[] {
  const other = shapes.find((shape) => shape.at(-1) !== own.at(-1))?.at(-1);
  if (typeof other !== "number") return [];
  if (layer instanceof Dense) return [proposal(`Change units of ${layer.name} to ${other}`, set(layer, [0], String(other)))];
  if (layer instanceof BaseConvolution && "filters" in layer)
    return [proposal(`Change filters of ${layer.name} to ${other}`, set(layer, [0], String(other)))];
  return [];
}
