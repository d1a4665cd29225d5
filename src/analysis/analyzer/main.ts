import { join } from "node:path";
import { AnalyzerRequest } from "../../protocol";
import { Analyzer } from "./analyzer";
import { Evaluator } from "./evaluator";

/** The analyzer's process: it lives as long as its owner, and takes the evaluator along. */
const evaluator = new Evaluator(join(import.meta.dirname, "evaluator.js"), (line) => console.error(line));
const analyzer = new Analyzer(evaluator, (response) => process.send?.(response));

process.on("message", (raw) => analyzer.handle(AnalyzerRequest.parse(raw)));
process.on("disconnect", () => void evaluator.dispose().finally(() => process.exit()));
evaluator.start().catch((error: unknown) => console.error(error));
