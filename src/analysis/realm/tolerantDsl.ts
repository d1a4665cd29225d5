import * as dsl from "../../dsl";
import { tracedOperations } from "../../nn/operations";
import { tolerantLayers } from "./tolerantLayers";
import { type Namespace, tolerantNamespace } from "./tolerantNamespace";

/** What stands in for a faulty loss, metric or activation says nothing that a rule could judge. */
const FACTORIES = {
  optimizers: tolerantNamespace("optimizers", dsl.optimizers, dsl.optimizers.rmsprop),
  losses: tolerantNamespace("losses", dsl.losses, () => ({ ...dsl.losses.meanSquaredError(), name: "custom" })),
  metrics: tolerantNamespace("metrics", dsl.metrics, () => ({ ...dsl.metrics.meanAbsoluteError(), name: "custom" })),
  callbacks: tolerantNamespace("callbacks", dsl.callbacks, dsl.callbacks.terminateOnNaN),
  regularizers: tolerantNamespace("regularizers", dsl.regularizers),
  initializers: tolerantNamespace("initializers", dsl.initializers),
  constraints: tolerantNamespace("constraints", dsl.constraints),
  schedules: tolerantNamespace("schedules", dsl.schedules),
};

/** The namespaces whose names are looked for where one of them was imported by itself; the first that has a name is meant. */
export const NAMESPACES = ["layers", ...Object.keys(FACTORIES)];

/** What a model file imports as `layerwise` while it is being written. */
export const tolerantDsl: Namespace = {
  ...dsl,
  layers: tolerantLayers(dsl.layers),
  tf: tracedOperations(dsl.tf),
  activations: tolerantNamespace("activations", dsl.activations, () => (x: unknown) => x),
  ...FACTORIES,
};
