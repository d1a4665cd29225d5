import { installUnpacking } from "./unpacking";

export { type Activation, activationNames, type ActivationLike, type ActivationFunction, resolveActivation } from "./activations";
export { type Constraint, type ConstraintLike, type ConstraintName, resolveConstraint } from "./constraints";
export { type CallContext, currentContext, layerUnderWay, newPass, type PassRecord, withContext } from "./context";
export { Declarations, declarations, resetDeclarations } from "./declarations";
export { countParameters, deriveParameterCount } from "./derivation";
export { ModelError, type ModelErrorCode } from "./errors";
export {
  type Initializer,
  type InitializerContext,
  type InitializerFunction,
  type InitializerLike,
  type InitializerName,
  type LayerSample,
  resolveInitializer,
} from "./initializers";
export { meantOptions } from "./factoryOptions";
export { input, InputLayer, type InputOptions, isInput } from "./input";
export {
  Layer,
  type LayerDocumentation,
  type LayerOptions,
  type TensorInputs,
  type TensorOutputs,
  type WeightOptions,
} from "./layer";
export { type Logits, logitsOf, rememberLogits } from "./logits";
export { lookUp, nearestName } from "./lookup";
export { makeLayer } from "./mainArguments";
export { resolveLoss, type LossLike, type LossName } from "./losses";
export type { Loss, LossFunction } from "./losses/loss";
export { logSoftmaxOver, softmaxOver } from "./softmaxOver";
export { measuring, type MetricLike, type MetricName, resolveMetric } from "./metrics";
export type { Metric, OpenMetric, StateSpec } from "./metrics/metric";
export { Functional, Model, type ModelEnds, type ModelOptions } from "./model";
export { type OptimizerLike, type OptimizerName, resolveOptimizer } from "./optimizers";
export { clipByGlobalNorm, clipByNorm } from "./optimizers/clipping";
export { Optimizer, type SlotSpec } from "./optimizers/optimizer";
export type { OptimizerOptions } from "./optimizers/options";
export type { StepInputs, Update, WeightState } from "./optimizers/weightState";
export { Generator, type RandomStream, SeededRandomStream } from "./random";
export { type Regularizer, type RegularizerLike, type RegularizerName, resolveRegularizer } from "./regularizers";
export type { Schedule } from "./schedules";
export { Sequential, type SequentialOptions } from "./sequential";
export { type Dimension, formatShape, isShapeList, type Shape, sizeOf, withoutBatch, writtenShape } from "./shape";
export { Node, SymbolicTensor, type SymbolicInputs } from "./symbolic";
export { type SizeFactor, Weight, type WeightSpec, withZeroWeights } from "./weight";

installUnpacking();
