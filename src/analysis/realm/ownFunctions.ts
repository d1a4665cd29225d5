import type { Tensor } from "@tensorflow/tfjs-core";
import { fitLabelShape } from "../../dsl/labelShapes";
import { declaredPlans, isByOutput, isList, type Plan } from "../../dsl/plan";
import { ModelError } from "../../nn/errors";
import { onZeros } from "../../nn/infer";
import { checkedFunction, type LossFunction } from "../../nn/losses/loss";
import type { Shape } from "../../nn/shape";
import type { ArgumentPath, Finding } from "../evaluation";
import { contained } from "./faults";
import { modelFrames } from "./stackTraces";
import { sampleLabelShape } from "./rules/knownData";
import { plannedLoss } from "./rules/outputHeads";

type OwnFunction = (yTrue: Tensor, yPred: Tensor) => unknown;

interface Use {
  readonly plan: Plan;
  /** Leads to the function in the plan. */
  readonly path: ArgumentPath;
  readonly kind: "loss" | "metric";
  readonly run: OwnFunction;
  /** The model's output that it judges, batch first. */
  readonly output: Shape;
  readonly labels: Shape;
}

/** Losses and metrics of one's own that fail on labels and predictions of the shapes that they will get; each is tried on zeros. */
export function ownFunctionFailures(): Finding[] {
  return declaredPlans().flatMap((plan) => contained("own-function-failed", () => usesIn(plan).flatMap(failureOf)) ?? []);
}

function usesIn(plan: Plan): Use[] {
  const { model, options } = plan;
  return model.outputs.flatMap(({ shape: output }, index) => {
    const name = model.outputNames[index] ?? "";
    const { loss, metrics = [], data } = options;
    const lossOfOutput: unknown = isByOutput(loss) ? loss[name] : loss;
    const metricsOfOutput: readonly unknown[] = isList(metrics) ? metrics : (metrics[name] ?? []);
    const sample = sampleLabelShape(data, name);
    if (output === null || sample === undefined) return [];
    const labelled = { shape: output.slice(1), loss: plannedLoss(plan, name) };
    const labels = [null, ...(fitLabelShape(sample, labelled) ?? sample)];
    const use = (kind: Use["kind"], like: unknown, path: ArgumentPath): Use[] =>
      typeof like === "function" ? [{ plan, path, kind, run: like as OwnFunction, output, labels }] : [];
    const [lossPath, metricsPath] = [
      isByOutput(loss) ? ["loss", name] : ["loss"],
      isList(metrics) ? ["metrics"] : ["metrics", name],
    ];
    const ofMetrics = metricsOfOutput.flatMap((like, place) => use("metric", like, [...metricsPath, place]));
    return [...use("loss", lossOfOutput, lossPath), ...ofMetrics];
  });
}

function failureOf({ plan, path, kind, run, output, labels }: Use): Finding[] {
  const checked = checkedFunction(kind, run as LossFunction);
  try {
    onZeros(labels, output, checked);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const name = run.name === "" ? `A ${kind} of your own` : `The ${kind} ${run.name}`;
    const message =
      error instanceof ModelError
        ? reason
        : `${name} failed on labels of shape ${show(labels)} and predictions of shape ${show(output)}: ${reason}`;
    const frames = error instanceof Error ? modelFrames(error) : [];
    const place = frames.length > 0 ? { frames } : { frames: modelFrames(plan.origin), argument: path };
    return [{ code: "own-function-failed", message, severity: "error", layerFrames: null, inOwnLayer: false, ...place }];
  }
}

function show([, ...sample]: Shape): string {
  return `[${["batch", ...sample.map((size) => size ?? "?")].join(", ")}]`;
}
