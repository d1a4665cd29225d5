import type { Analysis, LayerSummary, ModelSummary, PlanSummary, RunFile } from "../../../src/protocol";

const file = "/work/mlp.model.ts";

const denseDocumentation = {
  summary: "Every unit sums all input features.",
  formula: "y = f(x W + b)",
  source: "https://keras.io/api/layers/core_layers/dense/",
};

/** A dense layer whose call fills a stretch of one line. */
export function layer(fields: Partial<LayerSummary> & { line: number }): LayerSummary {
  return {
    ...{ name: "dense", type: "Dense", file, column: 1, endLine: fields.line, endColumn: 11, times: 1 },
    ...{ inputShape: [null, 784], outputShape: [null, 300], params: 235_500, trainable: 235_500, nonTrainable: 0 },
    weights: [
      {
        ...{ name: "kernel", shape: [784, 300], trainable: true },
        factors: [
          { value: 784, name: "inputs" },
          { value: 300, name: "units" },
        ],
      },
      { name: "bias", shape: [300], trainable: true, factors: [{ value: 300, name: "units" }] },
    ],
    ...{ derivation: "784·300 + 300 = 235,500", flops: 470_400, inbound: [], bytes: 942_000, documentation: 0 },
    ...fields,
  };
}

export function model(layers: LayerSummary[], fields: Partial<ModelSummary> = {}): ModelSummary {
  return {
    ...{ name: "mlp", export: "mlp", kind: "sequential", file, line: 1, column: 1, layers },
    ...{ inputShape: [null, 28, 28], outputShape: [null, 10] },
    totals: { params: 266_610, trainable: 266_610, nonTrainable: 0, bytes: 1_066_440, flops: null },
    ...fields,
  };
}

export function plan(fields: Partial<PlanSummary> = {}): PlanSummary {
  const optimizer = { name: "adam", slots: ["momentum", "velocity"] };
  return { export: "default", model: "mlp", modelIndex: 0, file, line: 5, column: 1, optimizer, batchSize: 32, ...fields };
}

export function analysis(models: ModelSummary[], plans: PlanSummary[] = []): Analysis {
  return { models, plans, diagnostics: [], documentation: [denseDocumentation] };
}

export const modelFile = file;

export function runFile(fields: Partial<RunFile> & { run: string }): RunFile {
  return {
    ...{ version: 1, model: "mlp", file, plan: "default", params: 266_610, seed: 42 },
    ...{ startedAt: "2026-01-02T03:04:05.000Z", endedAt: "2026-01-02T03:05:05.000Z", state: "finished", error: null },
    ...{ epochs: 5, steps: 1719, batchSize: 32, versions: {}, sources: [], configuration: {}, pid: null },
    engine: { name: "tensorflow", version: "2.21.0", device: "CPU", captured: false, jit: false, reason: "found" },
    ...{ best: { epoch: 5, monitor: "valLoss", value: 0.4467 }, testLoss: 0.4789, test: { accuracy: 0.8278 } },
    ...fields,
  };
}
