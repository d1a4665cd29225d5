import { declaredDemos } from "../../../dsl/demo";
import { declaredPlans } from "../../../dsl/plan";
import { declarations } from "../../../nn/declarations";
import type { ModelError } from "../../../nn/errors";
import type { Layer } from "../../../nn/layer";
import type { Finding } from "../../evaluation";
import {
  biasBeforeBatchNormalization,
  initializerActivationMismatch,
  linearStack,
  softmaxInHiddenLayer,
  softmaxOverOneUnit,
} from "./activations";
import { refusedArrays } from "./arrays";
import { contained } from "../faults";
import { batchDimensionLost } from "./batchDimension";
import { columnNames } from "./columnNames";
import { framesOf } from "./edits";
import { frameKey } from "../frames";
import { embeddingIndexRange } from "./embeddings";
import { largeDenseAfterFlatten, missingFlatten, superfluousFlatten } from "./flattening";
import { largeInputs } from "./largeInputs";
import { labelRangeMismatch } from "./labelRanges";
import { lossActivationMismatch, lossLabelMismatch, outputUnitsMismatch, regressionLossForClasses } from "./losses";
import { labelShapeMismatch } from "./labelShapes";
import { metricLabelMismatch } from "./metricLabels";
import { graphsOf, ModelGraph } from "./modelGraph";
import { monitoredDirections, monitoredNames } from "./monitoring";
import { nothingTrainable } from "./nothingTrainable";
import { outputActivationTwice } from "./outputActivations";
import { outputHeads } from "./outputHeads";
import { dropoutAtOutput } from "./regularization";
import { accuracyForRegression } from "./regressionMetrics";
import { type Declared, type Rule, toFinding, type Violation } from "./rule";
import { impossibleSplit } from "./splits";
import { dataShapeMismatch, learningRateScale, unscaledInputs } from "./training";
import { unusedInput, unusedLayer } from "./unused";

/** Every rule that looks at a finished evaluation. What a layer or a plan refuses by itself is a `ModelError` of `nn` or `dsl`. */
export const RULES: readonly Rule[] = [
  refusedArrays,
  impossibleSplit,
  columnNames,
  dataShapeMismatch,
  batchDimensionLost,
  missingFlatten,
  superfluousFlatten,
  largeDenseAfterFlatten,
  linearStack,
  softmaxInHiddenLayer,
  softmaxOverOneUnit,
  outputActivationTwice,
  initializerActivationMismatch,
  lossActivationMismatch,
  lossLabelMismatch,
  outputUnitsMismatch,
  metricLabelMismatch,
  labelShapeMismatch,
  labelRangeMismatch,
  regressionLossForClasses,
  accuracyForRegression,
  dropoutAtOutput,
  biasBeforeBatchNormalization,
  unscaledInputs,
  largeInputs,
  embeddingIndexRange,
  learningRateScale,
  monitoredNames,
  monitoredDirections,
  nothingTrainable,
  unusedLayer,
  unusedInput,
];

/** What the rules find in what the evaluation declared. */
export function applyRules(exports: Iterable<unknown>, complete: boolean): Finding[] {
  const declared = survey(exports, complete);
  const { models } = declarations();
  return RULES.flatMap((rule) => {
    const findings = violationsOf(rule, declared).map((violation) =>
      toFinding(rule.code, violation, models.indexOf(violation.model)),
    );
    return firstOfEachCall(findings);
  });
}

/**
 * A rule's findings at the layers that a loop makes by one call are one mistake. Calls whose place is not known may be many. A helper's call is
 * here another one each time that the helper is called: only the analyzer knows which frames are a package's, and takes these together.
 */
function firstOfEachCall(findings: readonly Finding[]): Finding[] {
  const calls = new Map<string, Finding[]>();
  for (const [index, finding] of findings.entries()) {
    const { frames, argument, severity, layerFrames, message } = finding;
    const call = [frameKey(frames) || index, argument?.join(), severity, layerFrames === null ? message : ""].join(";");
    const alike = calls.get(call);
    if (alike === undefined) calls.set(call, [finding]);
    else alike.push(finding);
  }
  return [...calls.values()].flatMap(([first, ...others]) => {
    return first === undefined ? [] : [{ ...first, others: others.length }];
  });
}

function survey(exports: Iterable<unknown>, complete: boolean): Declared {
  const { models, layers, errors } = declarations();
  const graphs = graphsOf(models, layers);
  const refused = new Set(errors.flatMap(takenBy).map(callOf));
  return {
    models: graphs,
    plans: declaredPlans().map((plan) => ({
      plan,
      graph: graphs.find(({ model }) => model === plan.model) ?? new ModelGraph(plan.model, true),
      heads: contained("outputs of a plan", () => outputHeads(plan)) ?? [],
    })),
    // A call that was refused has its diagnostic; what it began to make is no layer.
    layers: refused.size === 0 ? layers : layers.filter((layer) => !refused.has(callOf(layer))),
    usedElsewhere: new Set([...exports, ...declaredDemos().map(({ layer }) => layer)]),
    complete,
  };
}

/** The layer that was refused, and the input that a call took for an option. */
function takenBy({ layer, mistake }: ModelError): Layer[] {
  const input = mistake?.kind === "arguments" || mistake?.kind === "added-input" ? mistake.input : undefined;
  return [layer, input].filter((taken) => taken !== undefined);
}

/** The layer itself where its call is not known. */
function callOf(layer: Layer): string | Layer {
  return frameKey(framesOf(layer)) || layer;
}

/** A rule asks layers, losses and schedules of the user's own, which may throw: what it found until then stands. */
function violationsOf(rule: Rule, declared: Declared): Violation[] {
  const found: Violation[] = [];
  contained(rule.code, () => {
    for (const violation of rule.check(declared)) found.push(violation);
  });
  return found;
}
