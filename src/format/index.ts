export * from "./numbers";
export * from "./shapes";
export * from "./summaryTable";
