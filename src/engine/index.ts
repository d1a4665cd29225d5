export { canCapture, type CapturedStep, captureStep, type CaptureSupport } from "./capturing";
export type { EngineAvailability, EngineInfo, EngineName, EngineOptions } from "./engineInfo";
export { listEngines, startEngine } from "./engines";
export { EngineUnavailableError } from "./errors";
export { TensorFlowRandomStream } from "./randomStream";
export type { CaptureOptions, Step } from "./recording/capture";
export { UncapturableError } from "./recording/uncapturable";
export { TensorFlowError } from "./status";
export { newVariables, readVariables, type Variables } from "./variables";
