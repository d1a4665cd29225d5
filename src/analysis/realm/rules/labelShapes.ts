import { labelledOutputs } from "../../../dsl/labelledOutputs";
import { describeLabelShape, labelMismatch, type LabelMismatchKind } from "../../../dsl/labelShapes";
import type { Layer } from "../../../nn/layer";
import { BaseConvolution } from "../../../nn/layers/convolution";
import { Dense } from "../../../nn/layers/dense";
import { waysTo } from "../../../nn/layers/mapWays";
import { Recurrent } from "../../../nn/layers/recurrent";
import type { Shape } from "../../../nn/shape";
import type { Node } from "../../../nn/symbolic";
import type { Proposal } from "../../evaluation";
import { framesOf, insertBefore, proposal, set } from "./edits";
import { missingFlatten } from "./flattening";
import { sampleLabelShape } from "./knownData";
import { BINARY_LOSSES } from "./lossKinds";
import {
  changeLossAndActivation,
  type CheckedHead,
  lossActivationMismatch,
  lossLabelMismatch,
  outputRule,
  outputUnitsMismatch,
  regressionLossForClasses,
} from "./losses";
import type { ModelGraph } from "./modelGraph";
import type { Declared, PlanView, Subject } from "./rule";

/** Labels whose shape a loss cannot compare with its output. */
export const labelShapeMismatch = outputRule("label-shape-mismatch", function* (head, view, declared) {
  const { plan } = view;
  const output = labelledOutputs(plan).find(({ name }) => name === head.name);
  const labels = sampleLabelShape(plan.options.data, head.name);
  const mismatch = output === undefined || labels === undefined ? undefined : labelMismatch(labels, output);
  if (output === undefined || labels === undefined || mismatch === undefined || isToldAlready(head, view, declared)) return;
  const { expectation, advice, kind } = mismatch;
  const layer = isPlaced(output.maker) ? output.maker : undefined;
  yield {
    subject: layer ?? plan,
    ...(layer === undefined ? { argument: [...head.loss.path] } : kind === "units" && hasUnits(layer) ? { argument: [0] } : {}),
    message: `The data's labels ${describeLabelShape(labels)}; ${expectation} ${advice}`,
    model: plan.model,
    proposals: corrections(kind, head, view, labels),
  };
});

/** Rules that know more of why the labels do not fit. */
const CLOSER = [lossLabelMismatch, outputUnitsMismatch, lossActivationMismatch, regressionLossForClasses];

function isToldAlready(head: CheckedHead, view: PlanView, declared: Declared): boolean {
  const alone = { ...declared, plans: [{ ...view, heads: [head] }] };
  return lacksFlatten(head, declared) || CLOSER.some((rule) => [...rule.check(alone)].length > 0);
}

/** Whether a layer on the way to an output was told to want a flatten before it. Only an error stands for another. */
function lacksFlatten({ shape, output }: CheckedHead, declared: Declared): boolean {
  const lacking = shape.length > 2 ? lackingFlatten(declared) : new Set();
  return lacking.size > 0 && [...waysTo(output)].some(({ layer }) => lacking.has(layer));
}

/** It looks at every model, and many outputs may ask. */
const lackingFlattenOf = new WeakMap<Declared, ReadonlySet<Subject>>();

function lackingFlatten(declared: Declared): ReadonlySet<Subject> {
  let lacking = lackingFlattenOf.get(declared);
  if (lacking === undefined) {
    const errors = [...missingFlatten.check(declared)].filter(({ severity }) => severity === "error");
    lackingFlattenOf.set(declared, (lacking = new Set(errors.map(({ subject }) => subject))));
  }
  return lacking;
}

function isPlaced(layer: Layer): boolean {
  return framesOf(layer).length > 0;
}

function hasUnits(layer: Layer): boolean {
  return layer instanceof Dense || layer instanceof Recurrent || (layer instanceof BaseConvolution && "filters" in layer);
}

function corrections(kind: LabelMismatchKind, head: CheckedHead, { plan, graph }: PlanView, labels: Shape): Proposal[] {
  switch (kind) {
    case "units":
      return [...changingUnits(head, head.shape.length - 1 === labels.length ? (labels.at(-1) ?? 1) : 1), ...asClass(head, plan)];
    case "positions":
      return oneForEachSample(graph, head);
    case "extent":
      return keepingSize(graph);
    default:
      return [];
  }
}

function changingUnits({ layer }: CheckedHead, units: number): Proposal[] {
  if (layer === undefined || !hasUnits(layer)) return [];
  const name = layer instanceof BaseConvolution ? "filters" : "units";
  return [proposal(`Change ${name} to ${units}`, set(layer, [0], String(units)))];
}

/** Units that were made one for each class. */
function asClass(head: CheckedHead, plan: PlanView["plan"]): Proposal[] {
  const isForClasses = BINARY_LOSSES.includes(head.loss.name) && head.units > 1 && head.shape.length === 2;
  return isForClasses ? [changeLossAndActivation(plan, head, "sparseCategoricalCrossentropy")] : [];
}

/** Ways to bring an output for each position to one. */
function oneForEachSample(graph: ModelGraph, { name, shape }: CheckedHead): Proposal[] {
  const tensor = graph.model.outputs[graph.model.outputNames.indexOf(name)];
  const last = tensor === undefined ? undefined : producers(tensor.node).find(({ layer }) => layer instanceof Recurrent);
  const recurrent = last?.layer;
  const returning =
    recurrent instanceof Recurrent && recurrent.returnSequences
      ? [
          proposal(
            `Let ${recurrent.name} return its last output alone (returnSequences: false)`,
            set(recurrent, ["returnSequences"], "false"),
          ),
        ]
      : [];
  const maker = tensor?.node.layer;
  const rank = shape.length - 2;
  if (!(maker instanceof Dense)) return returning;
  const adapters = [...(rank <= 3 ? [`layers.globalAveragePooling${rank}d()`] : []), "layers.flatten()"];
  return [...returning, ...adapters.map((adapter) => proposal(`Insert ${adapter}`, insertBefore(maker, adapter)))];
}

/** The calls that lead to one in a row, itself first. */
function producers(node: Node): Node[] {
  const [input, ...others] = node.inputs;
  return [node, ...(input === undefined || others.length > 0 ? [] : producers(input.node))];
}

/** Without padding each convolution makes a map smaller. */
function keepingSize({ nodes }: ModelGraph): Proposal[] {
  const shrinking = nodes
    .map(({ layer }) => layer)
    .filter((layer): layer is BaseConvolution => layer instanceof BaseConvolution && layer.window.padding === "valid");
  if (shrinking.length === 0) return [];
  return [proposal(`Set padding to "same"`, ...shrinking.map((layer) => set(layer, ["padding"], `"same"`)))];
}
