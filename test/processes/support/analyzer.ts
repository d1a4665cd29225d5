import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { ensureBuilt } from "../../../scripts/build.mjs";
import { type Analyzed, AnalyzerClient, type AnalyzerClientOptions } from "../../../src/client";
import type { LayerSummary, ModelSummary } from "../../../src/protocol";
import { ModelFolder } from "./modelFolder";

export const ANALYZER = fileURLToPath(new URL("../../../dist/analyzer.js", import.meta.url));

/** A hook that may have to build first; milliseconds. */
export const BUILD_TIMEOUT = 900_000;

/** The real analyzer and a folder for model files, for the tests of one `describe`: built before them, ended and removed after. */
export function provideAnalyzer(log?: AnalyzerClientOptions["log"]): { analyzer: AnalyzerClient; folder: ModelFolder } {
  const analyzer = new AnalyzerClient({ script: ANALYZER, log });
  const folder = new ModelFolder();
  beforeAll(() => ensureBuilt(), BUILD_TIMEOUT);
  afterAll(async () => {
    await analyzer.dispose();
    folder.remove();
  });
  return { analyzer, folder };
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
