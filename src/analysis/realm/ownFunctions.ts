import { type Tensor, tidy, zeros } from "@tensorflow/tfjs-core";
import { declaredPlans, isByOutput, isList, type Plan } from "../../dsl/plan";
import { ModelError } from "../../nn/errors";
import { inProbes } from "../../nn/infer";
import { checkedFunction, type LossFunction } from "../../nn/losses/loss";
import type { Shape } from "../../nn/shape";
import { withZeroWeights } from "../../nn/weight";
import type { ArgumentPath, Finding } from "../evaluation";
import { contained } from "./faults";
import { modelFrames } from "./stackTraces";
import { sampleLabelShape } from "./rules/knownData";

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
    const labels = [null, ...aligned(sample, output.slice(1), lossOfOutput === "sparseCategoricalCrossentropy")];
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

/** As the trainer gives labels to a loss: a last dimension of 1 is added or left out where the output then fits. */
function aligned(sample: Shape, output: Shape, areClassNumbers: boolean): Shape {
  const expected = areClassNumbers ? output.slice(0, -1) : output;
  const candidates = [sample, [...sample, 1], ...(sample.at(-1) === 1 ? [sample.slice(0, -1)] : [])];
  const fits = (shape: Shape): boolean =>
    shape.length === expected.length && shape.every((size, axis) => expected[axis] === null || expected[axis] === size);
  return candidates.find(fits) ?? sample;
}

function failureOf({ plan, path, kind, run, output, labels }: Use): Finding[] {
  const checked = checkedFunction(kind, run as LossFunction);
  try {
    inProbes((concrete) => tidy(() => withZeroWeights(() => void checked(zeros(concrete(labels)), zeros(concrete(output))))));
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
