import { fileURLToPath } from "node:url";
import { ensureBuilt } from "../../../scripts/build.mjs";
import { type Analyzed, AnalyzerClient, type AnalyzerClientOptions } from "../../../src/client";
import type { LayerSummary, ModelSummary } from "../../../src/protocol";

export const ANALYZER = fileURLToPath(new URL("../../../dist/analyzer.js", import.meta.url));

/** A hook that may have to build first; milliseconds. */
export const BUILD_TIMEOUT = 900_000;

/** The real analyzer, built where the sources have changed. */
export async function startAnalyzer(log?: AnalyzerClientOptions["log"]): Promise<AnalyzerClient> {
  await ensureBuilt();
  return new AnalyzerClient({ script: ANALYZER, log });
}

export function onlyModel({ analysis }: Analyzed): ModelSummary {
  if (analysis.models.length !== 1) throw new Error(`expected one model, received ${JSON.stringify(analysis)}`);
  return analysis.models[0]!;
}

export function layerCalled(model: { layers?: LayerSummary[] | undefined }, name: string): LayerSummary {
  const layer = model.layers?.find((candidate) => candidate.name === name);
  if (layer === undefined)
    throw new Error(`no layer ${name} among ${model.layers?.map((candidate) => candidate.name).join(", ")}`);
  return layer;
}
