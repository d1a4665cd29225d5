import type { Analysis, LayerSummary } from "../../protocol";

const HIDDEN =
  "This learner predicts the numbers of parameters (setting layerwise.hints.predict). Numbers that are null here are still to be predicted: do not tell them, nor compute them; help to find what they are made of.";

/**
 * An analysis as a language model reads it: names, shapes, counts and lines, without what only an editor needs.
 *
 * @param told Models and diagnostics without the numbers that the learner is still to predict.
 */
export function describeAnalysis(analysis: Analysis, told: Pick<Analysis, "models" | "diagnostics"> = analysis): string {
  const isHiding = told.models.some((model, index) => model !== analysis.models[index]);
  const description = {
    ...(isHiding ? { hidden: HIDDEN } : {}),
    models: told.models.map(({ name, export: exportName, kind, inputShape, outputShape, layers, totals, line }) => ({
      ...{ name, export: exportName, kind, line, inputShape, outputShape, totals },
      layers: layers.map(describeLayer),
    })),
    plans: analysis.plans.map(({ export: exportName, model, optimizer, batchSize, line }) => ({
      ...{ export: exportName, model, line, batchSize },
      optimizer: optimizer.name,
    })),
    diagnostics: told.diagnostics.map(({ severity, code, message, file, line, column }) => ({
      ...{ severity, code, message, file, line, column },
    })),
  };
  return JSON.stringify(description);
}

function describeLayer({
  name,
  type,
  line,
  inputShape,
  outputShape,
  params,
  derivation,
  flops,
  inbound,
  layers,
}: LayerSummary): object {
  const parts = layers === undefined ? {} : { layers: layers.map(describeLayer) };
  return { name, type, line, inputShape, outputShape, params, derivation, flops, inbound, ...parts };
}
