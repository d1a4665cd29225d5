import type { Analysis, LayerSummary } from "../../protocol";

/** An analysis as a language model reads it: names, shapes, counts and lines, without what only an editor needs. */
export function describeAnalysis({ models, plans, diagnostics }: Analysis): string {
  const description = {
    models: models.map(({ name, export: exportName, kind, inputShape, outputShape, layers, totals, line }) => ({
      ...{ name, export: exportName, kind, line, inputShape, outputShape, totals },
      layers: layers.map(describeLayer),
    })),
    plans: plans.map(({ export: exportName, model, optimizer, batchSize, line }) => ({
      ...{ export: exportName, model, line, batchSize },
      optimizer: optimizer.name,
    })),
    diagnostics: diagnostics.map(({ severity, code, message, file, line, column }) => ({
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
