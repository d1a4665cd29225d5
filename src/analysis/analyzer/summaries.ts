import type { CompactAnalysis, CompactLayer, DemoSummary, LayerCall, PlanSummary } from "../../protocol";
import type { EvaluatedDemo, EvaluatedLayer, EvaluatedModel, EvaluatedPlan, Evaluation, Frame } from "../evaluation";
import type { Locator } from "./locator";

type Summaries = Pick<CompactAnalysis, "models" | "layerProperties" | "layerCalls">;
type ModelSummary = Summaries["models"][number];

/** What the models of an evaluation are, and where in the model's files. */
export function summarizeModels({ models, layerProperties, layerCalls }: Evaluation, locator: Locator): Summaries {
  const calls = new CallTable(layerCalls, locator);
  return { models: models.map((model) => summarizeModel(model, calls, locator)), layerProperties, layerCalls: calls.places };
}

function summarizeModel(model: EvaluatedModel, calls: CallTable, locator: Locator): ModelSummary {
  const { frames, layers, params, trainable, nonTrainable, bytes, flops, ...rest } = model;
  return {
    ...rest,
    ...startOf(frames, locator),
    layers: summarizeLayers(layers, calls),
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

function summarizeLayers(layers: readonly EvaluatedLayer[], calls: CallTable): CompactLayer[] {
  const summaries = layers.map(({ name, inbound, properties, call, layers: inner }): CompactLayer => {
    const summary: CompactLayer = { name, inbound, properties, call: calls.find(call), times: 1 };
    if (inner !== undefined) summary.layers = summarizeLayers(inner, calls);
    return summary;
  });
  const times = new Map<number, number>();
  for (const { call } of summaries) if (call !== null) times.set(call, (times.get(call) ?? 0) + 1);
  for (const summary of summaries) if (summary.call !== null) summary.times = times.get(summary.call) ?? 1;
  return summaries;
}

/** The calls that made layers, each place once: several ways may lead to it, through functions that make layers. */
class CallTable {
  readonly places: LayerCall[] = [];
  private readonly known = new Map<string, number>();
  private readonly ofFrames: (number | null)[];

  constructor(frames: Evaluation["layerCalls"], locator: Locator) {
    this.ofFrames = frames.map((ofCall) => this.add(locator.callAt(ofCall)));
  }

  /** @param index A place in the evaluation's list. */
  find(index: number): number | null {
    return this.ofFrames[index] ?? null;
  }

  private add(call: LayerCall | null): number | null {
    if (call === null) return null;
    const key = `${call.file}:${call.line}:${call.column}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.places.length);
    return this.places.push(call) - 1;
  }
}

function startOf(
  frames: readonly Frame[],
  locator: Locator,
): { file: string | null; line: number | null; column: number | null } {
  const { file = null, line = null, column = null } = locator.callAt(frames) ?? {};
  return { file, line, column };
}
