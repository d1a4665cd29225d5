export * from "./analysis";
export * from "./monitor";
export * from "./training";
