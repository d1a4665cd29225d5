import { type Tensor, zeros } from "@tensorflow/tfjs-core";
import { type LabelledOutput, labelledOutputs, takesClassNumbers } from "../../../dsl/labelledOutputs";
import { fitLabelShape, labelMismatch } from "../../../dsl/labelShapes";
import { isList, type Plan } from "../../../dsl/plan";
import { onZeros } from "../../../nn/infer";
import { metricNames } from "../../../nn/metrics";
import type { Metric } from "../../../nn/metrics/metric";
import type { Shape } from "../../../nn/shape";
import type { Proposal } from "../../evaluation";
import { append, proposal, safeProposal, set } from "./edits";
import { sampleLabelShape } from "./knownData";
import type { OutputHead, PlannedMetric } from "./outputHeads";
import type { PlanView, Rule, Violation } from "./rule";

/** Metrics of class numbers, each with its like for vectors. */
const OF_VECTORS: Readonly<Record<string, string>> = {
  sparseCategoricalAccuracy: "categoricalAccuracy",
  sparseTopKCategoricalAccuracy: "topKCategoricalAccuracy",
  sparseCategoricalCrossentropy: "categoricalCrossentropy",
};
const OF_NUMBERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(OF_VECTORS).map(([ofNumbers, ofVectors]) => [ofVectors, ofNumbers]),
);
/** It looks at the labels itself. */
const ACCURACIES = ["accuracy", "acc"];

/** Metrics that cannot read the labels that the loss takes. */
export const metricLabelMismatch: Rule = {
  code: "metric-label-mismatch",
  *check({ plans }) {
    for (const view of plans) {
      for (const output of labelledOutputs(view.plan)) {
        const head = view.heads.find(({ name }) => name === output.name);
        const labels = sampleLabelShape(view.plan.options.data, output.name);
        if (head === undefined || labels === undefined || head.units === 1 || labelMismatch(labels, output) !== undefined)
          continue;
        yield* mismatches(view, head, output, fitLabelShape(labels, output) ?? labels);
      }
    }
  },
};

function* mismatches(view: PlanView, head: OutputHead, output: LabelledOutput, labels: Shape): Iterable<Violation> {
  const { plan } = view;
  const areNumbers = labels.length === head.shape.length - 2;
  for (const planned of head.metrics) {
    const { name, path } = planned;
    const isSuspect = areNumbers
      ? !ACCURACIES.includes(name) && !Object.hasOwn(OF_VECTORS, name)
      : Object.hasOwn(OF_VECTORS, name);
    if (!isSuspect || !metricNames.includes(name) || !fails(plan, head, planned, labels)) continue;
    const violation = { subject: plan, argument: [...path], model: plan.model };
    const wantsVectors = `${name} takes labels that are vectors as long as the output ${head.name}, here ${head.units}; the data's labels are`;
    if (!areNumbers) {
      const better = OF_VECTORS[name] ?? "accuracy";
      yield {
        ...violation,
        message: `${name} takes class numbers such as 3; the data's labels are vectors of length ${head.units}. For these use "${better}".`,
        proposals: inItsPlace(plan, planned, better),
      };
    } else if (takesClassNumbers(output)) {
      const better = OF_NUMBERS[name] ?? "accuracy";
      yield {
        ...violation,
        message: `${wantsVectors} class numbers. Use "${better}", or turn the labels into vectors with .oneHot(${head.units}) and use the loss "categoricalCrossentropy".`,
        proposals: [...inItsPlace(plan, planned, better), ...withVectors(view, head, output)],
      };
    } else {
      yield { ...violation, message: `${wantsVectors} one number each. Leave it out, or write a metric of your own.` };
    }
  }
}

/** A metric of one's own may have any of the names: only one that does fail on such labels is told. */
function fails(plan: Plan, head: OutputHead, { name, path }: PlannedMetric, labels: Shape): boolean {
  const index = Number(path.at(-1));
  const metric = plan.metrics.get(head.name)?.[index];
  const like = likesOf(plan, head.name)[index];
  if (metric === undefined || typeof like === "function") return false;
  // Those that ask for the greatest of a vector find one in a batch of numbers as well.
  if (typeof like === "string" && Object.hasOwn(OF_NUMBERS, name)) return true;
  try {
    onZeros([null, ...labels], head.shape, (yTrue, yPred) => {
      measure(metric, yTrue, yPred);
    });
    return false;
  } catch {
    return true;
  }
}

function measure(metric: Metric, yTrue: Tensor, yPred: Tensor): void {
  const state = metric.state().map(({ shape }) => zeros([...shape]));
  metric.update(state, yTrue, yPred);
}

function likesOf({ options: { metrics = [] } }: Plan, output: string): readonly unknown[] {
  return isList(metrics) ? metrics : (metrics[output] ?? []);
}

/** The better metric, or none where the list has it already. A metric with options of its own is not replaced. */
function inItsPlace(plan: Plan, { name, path }: PlannedMetric, better: string): Proposal[] {
  const likes = likesOf(plan, String(path.at(-2)));
  if (!likes.every((like) => typeof like === "string")) return [];
  if (!likes.includes(better)) {
    const make = better === "accuracy" ? proposal : safeProposal;
    return [make(`Change the metric to "${better}"`, set(plan, path, JSON.stringify(better)))];
  }
  const others = likes.filter((like) => like !== name).map((like) => JSON.stringify(like));
  return [proposal(`Leave out "${name}"`, set(plan, path.slice(0, -1), `[${others.join(", ")}]`))];
}

/** With .oneHot(…) the labels of every output are vectors: each loss of class numbers has to change. */
function withVectors({ plan, heads }: PlanView, { units, loss }: OutputHead, { shape }: LabelledOutput): Proposal[] {
  if (loss?.name !== "sparseCategoricalCrossentropy" || shape?.length !== 1) return [];
  const paths = heads.flatMap((head) => (head.loss?.name === loss.name ? [head.loss.path] : []));
  return [
    proposal(
      `Add .oneHot(${units}) to the data and change the loss to "categoricalCrossentropy"`,
      append(plan, ["data"], `.oneHot(${units})`),
      ...paths.map((path) => set(plan, path, `"categoricalCrossentropy"`)),
    ),
  ];
}
