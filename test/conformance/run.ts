import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import "@tensorflow/tfjs-backend-cpu";
import { deferKernels } from "../../src/analysis/realm/deferredKernels";
import { startEngine } from "../../src/engine";
import { EXCLUSIONS } from "./exclusions";
import { printReport, printResults } from "./report";
import { runSuite } from "./suite";
import { readTfjsNodeExclusions } from "./tfjsNodeList";
import { printWasmReport } from "./wasmFailures";

const print = (line: string): void => console.log(line);

/**
 * Runs tfjs-core's own test suite on an engine: `--engine tensorflow` (by default), `wasm`, or `analysis`, the kernels that find the shapes of
 * layers of one's own.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { engine: { type: "string", default: "tensorflow" } } });
  if (values.engine === "wasm") return runOnWasm();
  if (values.engine === "analysis") return runOnDeferredKernels();
  if (values.engine === "tensorflow") return runOnTensorFlow();
  throw new Error(`--engine takes tensorflow, wasm or analysis; received ${values.engine}.`);
}

async function runOnTensorFlow(): Promise<number> {
  const engine = await startEngine({ engine: "tensorflow" });
  print(`TensorFlow ${engine.version} on ${engine.device}, Node ${process.versions.node}: ${engine.reason}`);
  const outcome = await runSuite(
    "tensorflow",
    EXCLUSIONS.flatMap(({ tests }) => tests),
  );
  const listPath = createRequire(import.meta.filename).resolve("@tensorflow/tfjs-node-gpu/dist/run_tests.js");
  return printReport({ ...outcome, exclusions: EXCLUSIONS, tfjsNodeParts: readTfjsNodeExclusions(listPath) }, print);
}

async function runOnWasm(): Promise<number> {
  const { version, reason } = await startEngine({ engine: "wasm" });
  print(`tfjs-backend-wasm ${version}, Node ${process.versions.node}: ${reason}`);
  return printWasmReport(await runSuite("wasm", []), print);
}

async function runOnDeferredKernels(): Promise<number> {
  deferKernels();
  return printResults(await runSuite("cpu", []), print);
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
