export * from "./analysis";
export * from "./analyzer";
export * from "./compactAnalysis";
export * from "./diagnosticCodes";
export * from "./monitor";
export * from "./network";
export * from "./training";
