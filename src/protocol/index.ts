export * from "./analysis";
export * from "./diagnosticCodes";
export * from "./monitor";
export * from "./training";
