import type { DataSource } from "../../dsl/data";
import type { Plan } from "../../dsl/plan";

/** A plan in plain values for `run.json`; functions appear as `"function"`. */
export function describePlan({
  model,
  options,
  optimizer,
  losses,
  metrics,
  batchSize,
  epochs,
  shuffle,
  precision,
}: Plan): Record<string, unknown> {
  const { data, callbacks = [], classWeight, clipNorm, lossWeights } = options;
  return plain({
    optimizer,
    losses: Object.fromEntries([...losses].map(([output, { name }]) => [output, name])),
    metrics: Object.fromEntries([...metrics].map(([output, list]) => [output, list.map(({ name }) => name)])),
    lossWeights,
    batchSize,
    epochs,
    shuffle,
    precision,
    classWeight,
    clipNorm,
    callbacks,
    data: { source: describeSource(data.source), transforms: data.transforms },
    layers: model.layers.map(({ name, className }) => ({ name, type: className })),
  });
}

function describeSource(source: DataSource): unknown {
  switch (source.kind) {
    case "named":
    case "csv":
      return source;
    case "arrays":
    case "generator":
      return { kind: source.kind };
  }
}

function plain(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(value, (_key, entry: unknown) => (typeof entry === "function" ? "function" : entry)),
  ) as Record<string, unknown>;
}
