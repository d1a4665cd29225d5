import * as dsl from "../../dsl";
import { tracedOperations } from "../../nn/operations";
import { tolerantLayers } from "./tolerantLayers";
import { type Namespace, tolerantNamespace } from "./tolerantNamespace";

/** What a model file imports as `layerwise` while it is being written. What stands in for a faulty loss, metric or activation says nothing that a rule could judge. */
export const tolerantDsl: Namespace = {
  ...dsl,
  layers: tolerantLayers(dsl.layers),
  tf: tracedOperations(dsl.tf),
  activations: tolerantNamespace("activations", dsl.activations, () => (x: unknown) => x),
  callbacks: tolerantNamespace("callbacks", dsl.callbacks, dsl.callbacks.terminateOnNaN),
  constraints: tolerantNamespace("constraints", dsl.constraints),
  initializers: tolerantNamespace("initializers", dsl.initializers),
  losses: tolerantNamespace("losses", dsl.losses, () => ({ ...dsl.losses.meanSquaredError(), name: "custom" })),
  metrics: tolerantNamespace("metrics", dsl.metrics, () => ({ ...dsl.metrics.meanAbsoluteError(), name: "custom" })),
  optimizers: tolerantNamespace("optimizers", dsl.optimizers, dsl.optimizers.rmsprop),
  regularizers: tolerantNamespace("regularizers", dsl.regularizers),
  schedules: tolerantNamespace("schedules", dsl.schedules),
};
