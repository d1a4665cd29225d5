export * from "./analyzerClient";
export * from "./childProcess";
export * from "./trainerClient";
