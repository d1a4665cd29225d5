import { BaseConvolution } from "../../../nn/layers/convolution";
import { Dense } from "../../../nn/layers/dense";
import { enlarges } from "../../../nn/layers/mapWays";
import { Recurrent } from "../../../nn/layers/recurrent";
import { Flatten } from "../../../nn/layers/reshaping";
import { InputLayer } from "../../../nn/input";
import { formatShape, type Shape } from "../../../nn/shape";
import type { Node, SymbolicTensor } from "../../../nn/symbolic";
import type { Proposal } from "../../evaluation";
import { labelsEveryPlace, placesAreUsed, worksOnRows } from "./everyPlace";
import { insertBefore, proposal, remove, replace, safeProposal, set } from "./edits";
import type { Labels } from "./knownData";
import { isPassive } from "./layerKinds";
import { inputShapeOf, type ModelGraph } from "./modelGraph";
import type { Declared, Rule, Violation } from "./rule";

const GROUPED = new Intl.NumberFormat("en-US");

/** Weights of one kernel from which pooling is worth a thought. */
const LARGE_KERNEL = 1_000_000;

export const missingFlatten: Rule = {
  code: "missing-flatten",
  *check(declared) {
    const judged = new Set<Node>();
    for (const [graph, node, reason] of suspects(declared)) {
      const shape = inputShapeOf(node);
      if (shape === undefined || judged.has(node)) continue;
      judged.add(node);
      yield { ...violation(graph, node, shape), ...reason };
    }
  },
};

type Suspect = [graph: ModelGraph, node: Node, reason: Pick<Violation, "severity">];

/** First where the labels prove it, then where the layers make it likely. */
function* suspects({ models, plans }: Declared): Iterable<Suspect> {
  const meant = new Set<ModelGraph>();
  for (const view of plans) {
    const { graph, heads } = view;
    const places = labelsEveryPlace(view);
    if (places) meant.add(graph);
    for (const { shape, labels, output } of heads) {
      const wantsRows = shape.length > 2 && labels !== undefined && isOneForEachSample(labels);
      const node = wantsRows
        ? firstOnGridBefore(output, (candidate) =>
            places ? graph.followersOf(candidate).length > 1 : placesAreUsed(models, graph, candidate),
          )
        : undefined;
      if (node !== undefined) yield [graph, node, { severity: "error" }];
    }
  }
  for (const graph of models.filter((model) => !meant.has(model))) {
    const rowsOnly = graph.nodes.every(({ layer }) => worksOnRows(layer));
    const node = graph.nodes.find(
      (candidate) =>
        isDenseOnGrid(candidate) &&
        hasSeveralPlaces(candidate) &&
        (rowsOnly ? graph.isWhole && entersFromInput(candidate) : followsFeatureMap(candidate)) &&
        !placesAreUsed(models, graph, candidate),
    );
    if (node !== undefined) yield [graph, node, {}];
  }
}

/** The first of the dense layers that lead to an output, unless their places are used otherwise too: those further in front may be meant so. */
function firstOnGridBefore(output: SymbolicTensor, isUsedOtherwise: (node: Node) => boolean): Node | undefined {
  let first: Node | undefined;
  let node: Node | undefined = output.node;
  while (node !== undefined && worksOnRows(node.layer) && !isUsedOtherwise(node)) {
    if (isDenseOnGrid(node)) first = node;
    node = node.inputs[0]?.node;
  }
  return first;
}

function isOneForEachSample(labels: Labels): boolean {
  return labels.kind === "oneHot" || (labels.kind === "classNumbers" && labels.everyPlace !== true);
}

function violation(graph: ModelGraph, node: Node, shape: Shape): Violation {
  const { layer } = node;
  const sample = formatShape(shape.slice(1));
  return {
    subject: layer,
    message: `${layer.name} receives samples of shape ${sample} and works along the last dimension alone: the same weights for every ${shape.length === 3 ? "row" : "place"}. Put layers.flatten() before it, so that every unit sees the whole sample.${shape[1] === null ? " If ? stands for the batch: inputShape leaves it out." : ""}`,
    model: graph.model,
    proposals: [...lastStepAlone(node), ...waysToRows(layer, shape)],
  };
}

/** A recurrent layer may return its last output instead of all. */
function lastStepAlone({ inputs: [input] }: Node): Proposal[] {
  let producer = input?.node;
  while (producer !== undefined && isPassive(producer.layer) && !(producer.layer instanceof Flatten))
    producer = producer.inputs[0]?.node;
  const layer = producer?.layer;
  if (!(layer instanceof Recurrent) || !layer.returnSequences) return [];
  return [
    proposal(`Let ${layer.name} return its last output alone (returnSequences: false)`, set(layer, ["returnSequences"], "false")),
  ];
}

function waysToRows(layer: Node["layer"], shape: Shape): Proposal[] {
  const pooling = poolingFor(shape);
  return [
    proposal("Insert layers.flatten()", insertBefore(layer, "layers.flatten()")),
    ...(pooling === undefined ? [] : [proposal(`Insert ${pooling}`, insertBefore(layer, pooling))]),
  ];
}

/** The pooling that leaves one value for each channel. */
function poolingFor({ length }: Shape): string | undefined {
  return length >= 3 && length <= 5 ? `layers.globalAveragePooling${length - 2}d()` : undefined;
}

function isDenseOnGrid(node: Node): boolean {
  return node.layer instanceof Dense && (inputShapeOf(node)?.length ?? 0) > 2;
}

/** A map of 1 × 1 is one row, as where a block squeezes and excites. */
function hasSeveralPlaces(node: Node): boolean {
  return (
    inputShapeOf(node)
      ?.slice(1, -1)
      .some((size) => size !== 1) ?? false
  );
}

function entersFromInput({ inputs: [input] }: Node): boolean {
  return input?.node.layer instanceof InputLayer;
}

/** Whether an image's feature map comes in, as a convolution or its pooling leaves it. What draws a larger map wants its places. */
function followsFeatureMap(node: Node): boolean {
  if ((inputShapeOf(node)?.length ?? 0) < 4) return false;
  for (let producer = node.inputs[0]?.node; producer !== undefined; producer = producer.inputs[0]?.node) {
    if (enlarges(producer.layer)) return false;
    if (producer.layer instanceof BaseConvolution) return true;
    if (producer.layer instanceof Dense || producer.inputs.length !== 1) return false;
  }
  return false;
}

export const superfluousFlatten: Rule = {
  code: "superfluous-flatten",
  *check({ models }) {
    for (const graph of models) {
      for (const node of graph.nodes) {
        const shape = inputShapeOf(node);
        if (!(node.layer instanceof Flatten) || shape?.length !== 2) continue;
        yield {
          subject: node.layer,
          message: `${node.layer.name} receives ${formatShape(shape)}, which is one row a sample already: it does nothing.`,
          model: graph.model,
          proposals: [safeProposal("Remove layers.flatten()", remove(node.layer))],
        };
      }
    }
  },
};

export const largeDenseAfterFlatten: Rule = {
  code: "large-dense-after-flatten",
  *check({ models }) {
    for (const graph of models) {
      for (const node of graph.nodes) {
        const { layer } = node;
        const flatten = node.inputs[0]?.node;
        const map = flatten?.layer instanceof Flatten ? inputShapeOf(flatten) : undefined;
        if (!(layer instanceof Dense) || flatten === undefined || map === undefined || map.length < 4 || !layer.built) continue;
        if (entersFromInput(flatten) || layer.kernel.size < LARGE_KERNEL) continue;
        const channels = map.at(-1) ?? 0;
        const pooling = poolingFor(map);
        yield {
          subject: layer,
          argument: [0],
          message: `${flatten.layer.name} makes ${GROUPED.format(layer.kernel.spec.shape[0] ?? 0)} features of a map of shape ${formatShape(map.slice(1))}, and every unit of ${layer.name} weighs each of them. ${pooling ?? "Global pooling"} instead of it would leave ${GROUPED.format(channels)} features; another convolution with strides or a pooling layer before it helps too.`,
          model: graph.model,
          proposals:
            pooling === undefined ? [] : [proposal(`Replace layers.flatten() by ${pooling}`, replace(flatten.layer, pooling))],
        };
      }
    }
  },
};
