export type { EngineAvailability, EngineInfo, EngineName, EngineOptions } from "./engineInfo";
export { listEngines, startEngine } from "./engines";
export { EngineUnavailableError } from "./errors";
export { TensorFlowError } from "./status";
