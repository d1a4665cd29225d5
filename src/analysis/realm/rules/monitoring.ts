import type { Callback } from "../../../dsl/callbacks";
import { measuredNames, monitorableNames, validationName } from "../../../dsl/measuredNames";
import { growsByName, nearestMeasure, unknownDirection, type UnmeasuredName, unmeasuredName } from "../../../dsl/monitoring";
import { isList, type Plan } from "../../../dsl/plan";
import { metricNames } from "../../../nn/metrics";
import type { Proposal } from "../../evaluation";
import { append, proposal, safeProposal, set } from "./edits";
import type { PlanView, Rule, Violation } from "./rule";

const MONITORING = ["earlyStopping", "modelCheckpoint", "reduceLROnPlateau"] as const satisfies readonly Callback["kind"][];
type MonitoringCallback = Extract<Callback, { kind: (typeof MONITORING)[number] }>;

const SPLIT = ".split({ validation: 0.2 })";

/** Callbacks that monitor what is not measured. */
export const monitoredNames: Rule = {
  code: "unknown-name",
  *check({ plans }) {
    for (const monitoring of monitoringsOf(plans)) {
      const { callback, monitor, available } = monitoring;
      const problem = unmeasuredName(callback.kind, monitor, available);
      if (problem === undefined) continue;
      yield { ...placeOf(monitoring), message: problem.message, proposals: corrections(monitoring, problem) };
    }
  },
};

/** Callbacks that monitor what may as well grow as shrink. */
export const monitoredDirections: Rule = {
  code: "invalid-argument",
  *check({ plans }) {
    for (const monitoring of monitoringsOf(plans)) {
      const { callback, monitor, available } = monitoring;
      if ((callback.mode ?? "auto") !== "auto" || !available.includes(monitor) || growsByName(monitor) !== undefined) continue;
      const proposals = ["max", "min"].map((direction) => settingMode(monitoring, direction));
      yield { ...placeOf(monitoring), message: unknownDirection(monitor), proposals };
    }
  },
};

/** What callbacks monitor by name. */
function* monitoringsOf(plans: readonly PlanView[]): Iterable<Monitoring> {
  for (const { plan } of plans) {
    const { data, callbacks = [] } = plan.options;
    // A model that waits for its input shape has no outputs yet.
    if (plan.model.outputs.length === 0) continue;
    const measured = measuredNames(plan);
    const hasValidation = data.transforms.some((step) => step.kind === "split" && step.validation !== undefined);
    const available = monitorableNames(measured, hasValidation);
    for (const [index, callback] of callbacks.entries()) {
      if (!monitors(callback) || callback.monitor === undefined) continue;
      yield { plan, callback, monitor: callback.monitor, index, measured, available };
    }
  }
}

function monitors(callback: Callback): callback is MonitoringCallback {
  return MONITORING.some((kind) => kind === callback.kind);
}

interface Monitoring {
  readonly plan: Plan;
  readonly callback: MonitoringCallback;
  readonly monitor: string;
  /** Its place in the list. */
  readonly index: number;
  /** Of the training part. */
  readonly measured: readonly string[];
  readonly available: readonly string[];
}

function placeOf({ plan, index }: Monitoring): Pick<Violation, "subject" | "argument" | "model"> {
  return { subject: plan, argument: ["callbacks", index, "monitor"], model: plan.model };
}

function corrections(monitoring: Monitoring, { nearest, lacksValidation }: UnmeasuredName): Proposal[] {
  if (nearest !== undefined) return [safeProposal(`Monitor "${nearest}"`, monitoringOf(monitoring, nearest))];
  return lacksValidation ? splittingOff(monitoring) : measuring(monitoring);
}

/** A part for validation, or the training part's own value. */
function splittingOff(monitoring: Monitoring): Proposal[] {
  const { plan, measured, monitor } = monitoring;
  const wanted = nearestMeasure(monitor, measured.map(validationName));
  if (wanted === undefined) return [];
  const own = measured.find((name) => validationName(name) === wanted) ?? "loss";
  return [
    proposal(
      `Add ${SPLIT} to the data${wanted === monitor ? "" : ` and monitor "${wanted}"`}`,
      append(plan, ["data"], SPLIT),
      ...(wanted === monitor ? [] : [monitoringOf(monitoring, wanted)]),
    ),
    proposal(`Monitor "${own}"`, monitoringOf(monitoring, own)),
  ];
}

/** The metric that is monitored, among those that are named. */
function measuring({ plan, monitor }: Monitoring): Proposal[] {
  const { metrics = [] } = plan.options;
  const name = monitor.replace(/^val([A-Z])/, (_, first: string) => first.toLowerCase());
  const isNamed = isList(metrics) && metrics.every((metric) => typeof metric === "string");
  if (!isNamed || plan.model.outputs.length > 1 || !metricNames.includes(name)) return [];
  const names = [...metrics, name].map((metric) => JSON.stringify(metric)).join(", ");
  return [proposal(`Add "${name}" to the metrics`, set(plan, ["metrics"], `[${names}]`))];
}

function monitoringOf({ plan, index }: Monitoring, name: string): ReturnType<typeof set> {
  return set(plan, ["callbacks", index, "monitor"], JSON.stringify(name));
}

function settingMode({ plan, index }: Monitoring, mode: string): Proposal {
  return proposal(`Set mode to "${mode}"`, set(plan, ["callbacks", index, "mode"], JSON.stringify(mode)));
}
