export * from "./analysis";
export * from "./diagnosticCodes";
export * from "./monitor";
export * from "./network";
export * from "./training";
