import type { DemoSummary, LayerSummary, ModelSummary, PlanSummary } from "../../protocol";
import type { EvaluatedDemo, EvaluatedLayer, EvaluatedModel, EvaluatedPlan, Frame } from "../evaluation";
import type { Locator } from "./locator";

export function summarizeModel(model: EvaluatedModel, locator: Locator): ModelSummary {
  const { frames, layers, params, trainable, nonTrainable, bytes, flops, ...rest } = model;
  return {
    ...rest,
    ...startOf(frames, locator),
    layers: summarizeLayers(layers, locator),
    totals: { params, trainable, nonTrainable, bytes, flops },
  };
}

export function summarizePlan({ frames, ...plan }: EvaluatedPlan, locator: Locator): PlanSummary {
  return { ...plan, ...startOf(frames, locator) };
}

/** Null positions where the demo was not made by a call that can be found. */
export function summarizeDemo({ frames, input, output }: EvaluatedDemo, locator: Locator): DemoSummary {
  const { file, line } = startOf(frames, locator);
  return { file, line, input, output };
}

function summarizeLayers(layers: readonly EvaluatedLayer[], locator: Locator): LayerSummary[] {
  const summaries = layers.map(({ frames, layers: inner, ...layer }): LayerSummary => {
    const { file = null, line = null, column = null, endLine = null, endColumn = null } = locator.callAt(frames) ?? {};
    const nested = inner === undefined ? {} : { layers: summarizeLayers(inner, locator) };
    return { ...layer, file, line, column, endLine, endColumn, times: 1, ...nested };
  });
  const times = new Map<string, number>();
  const callSite = ({ file, line, column }: LayerSummary): string => `${file ?? ""}:${line ?? 0}:${column ?? 0}`;
  for (const summary of summaries) times.set(callSite(summary), (times.get(callSite(summary)) ?? 0) + 1);
  return summaries.map((summary) => (summary.line === null ? summary : { ...summary, times: times.get(callSite(summary)) ?? 1 }));
}

function startOf(
  frames: readonly Frame[],
  locator: Locator,
): { file: string | null; line: number | null; column: number | null } {
  const { file = null, line = null, column = null } = locator.callAt(frames) ?? {};
  return { file, line, column };
}
