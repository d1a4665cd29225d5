export * from "./analyzerClient";
export * from "./childProcess";
