/** What a model file imports as `layerwise`. */
export * as activations from "./activations";
export { callbacks, type Callback } from "./callbacks";
export * as constraints from "./constraints";
export { arrays, csv, type DataDescription, DataSet, type DataSource, type DataTransform, generator } from "./data";
export { blosum62, digits, fashionMnist, iris, mnist, xor } from "./datasets";
export { type Demo, demo, type DemoOptions } from "./demo";
export * as initializers from "./initializers";
export { layer } from "./layer";
export * as layers from "./layers";
export * as losses from "./losses";
export * as metrics from "./metrics";
export { model, sequential } from "./models";
export * as optimizers from "./optimizers";
export type { Plan, PlanOptions } from "./plan";
export * as regularizers from "./regularizers";
export * as schedules from "./schedules";
export * as tf from "./tf";
export { train } from "./train";

export { input, Layer, Model, ModelError, SymbolicTensor, Weight } from "../nn";
export type {
  CallContext,
  Constraint,
  Initializer,
  InitializerContext,
  InitializerFunction,
  LayerOptions,
  Loss,
  Metric,
  Optimizer,
  Regularizer,
  Schedule,
  Shape,
  TensorInputs,
  TensorOutputs,
  WeightOptions,
} from "../nn";
