import { byOutput } from "../../../dsl/byOutput";
import { isList } from "../../../dsl/plan";
import { inSentence } from "../../../nn/arguments";
import { type MetricLike, resolveMetric } from "../../../nn/metrics";
import type { Proposal } from "../../evaluation";
import { safeProposal, set } from "./edits";
import { REGRESSION_LOSSES } from "./lossKinds";
import { answersWithClass } from "./losses";
import type { OutputHead, PlannedMetric } from "./outputHeads";
import type { PlanView, Rule } from "./rule";

/** Metrics that tell yes from no: of labels 0 and 1 they are right whatever the loss. */
const BINARY_METRICS = ["accuracy", "acc", "binaryAccuracy", "precision", "recall", "auc", "f1Score"];
const CLASS_METRICS = [
  ...BINARY_METRICS,
  "categoricalAccuracy",
  "sparseCategoricalAccuracy",
  "topKCategoricalAccuracy",
  "sparseTopKCategoricalAccuracy",
];
const BETTER = "meanAbsoluteError";

export const accuracyForRegression: Rule = {
  code: "accuracy-for-regression",
  *check({ plans }) {
    for (const view of plans) {
      for (const { metric, heads } of misplaced(view)) {
        const [first, ...others] = heads;
        if (first === undefined) continue;
        const names = inSentence(heads.map(({ name }) => name));
        const outputs = others.length === 0 ? `the output ${names} is a number` : `the outputs ${names} are numbers`;
        yield {
          subject: view.plan,
          argument: [...metric.path],
          message: `${metric.name} counts right classes; with ${first.loss?.name ?? "this loss"} ${outputs}, which hardly ever ${others.length === 0 ? "hits its target" : "hit their targets"} exactly. Use "${BETTER}": how far it is off on average.`,
          model: view.plan.model,
          proposals: betterMetric(view, metric, heads),
        };
      }
    }
  },
};

interface Misplaced {
  readonly metric: PlannedMetric;
  /** The outputs that it does not suit: it may have been given for all. */
  readonly heads: readonly OutputHead[];
}

function misplaced({ heads }: PlanView): Iterable<Misplaced> {
  const found = new Map<string, Misplaced>();
  for (const head of heads.filter(isRegression)) {
    for (const metric of head.metrics.filter(({ name }) => CLASS_METRICS.includes(name) && !suits(name, head))) {
      const key = metric.path.join();
      found.set(key, { metric, heads: [...(found.get(key)?.heads ?? []), head] });
    }
  }
  return found.values();
}

function isRegression(head: OutputHead): boolean {
  if (head.loss === undefined || !REGRESSION_LOSSES.includes(head.loss.name) || answersWithClass(head)) return false;
  return head.activation !== undefined && !["sigmoid", "softmax"].includes(head.activation);
}

/** Adaline learns 0 and 1 by squared error, and is asked for yes or no. */
function suits(metric: string, { units, labels }: OutputHead): boolean {
  if (units !== 1 || !BINARY_METRICS.includes(metric)) return false;
  return labels === undefined ? metric === "binaryAccuracy" : labels.kind === "classNumbers" && (labels.seen?.classes ?? 3) <= 2;
}

function betterMetric({ plan }: PlanView, { path }: PlannedMetric, heads: readonly OutputHead[]): Proposal[] {
  const { outputNames } = plan.model;
  const { metrics = [] } = plan.options;
  const title = `Change the metric to "${BETTER}"`;
  if (!isList(metrics) || heads.length === outputNames.length) return [safeProposal(title, set(plan, path, `"${BETTER}"`))];
  // What was made by a call cannot be written again.
  if (!metrics.every((metric) => typeof metric === "string")) return [];
  const names = heads.map(({ name }) => name);
  const text = byOutput(outputNames, (output) => listed(names.includes(output) ? withoutClasses(metrics) : metrics));
  return [safeProposal(`${title} for ${inSentence(names)} alone`, set(plan, ["metrics"], text))];
}

function withoutClasses(metrics: readonly MetricLike[]): MetricLike[] {
  const isForClasses = (metric: MetricLike): boolean => CLASS_METRICS.includes(resolveMetric(metric).name);
  const kept = metrics.filter((metric) => !isForClasses(metric));
  return kept.some((metric) => resolveMetric(metric).name === BETTER) ? kept : [BETTER, ...kept];
}

function listed(metrics: readonly MetricLike[]): string {
  return `[${metrics.map((metric) => JSON.stringify(metric)).join(", ")}]`;
}
