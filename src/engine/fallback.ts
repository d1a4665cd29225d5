import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { env, setBackend } from "@tensorflow/tfjs-core";
import { version_cpu } from "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import { borrowCpuKernels } from "./borrowedKernels";
import { EngineUnavailableError } from "./errors";

const WASM_FILE = "tfjs-backend-wasm.wasm";

/** Makes WebAssembly the backend of tfjs-core. Returns its version. */
export async function activateWasmBackend(): Promise<string> {
  const folder = wasmFolder();
  setWasmPaths(folder + sep);
  borrowCpuKernels("wasm");
  silenceAdvice();
  if (!(await setBackend("wasm"))) {
    throw new EngineUnavailableError("wasm", `The WebAssembly engine could not start from ${folder}.`);
  }
  return version_wasm;
}

/** Makes plain JavaScript the backend of tfjs-core. Returns its version. */
export async function activateCpuBackend(): Promise<string> {
  silenceAdvice();
  await setBackend("cpu");
  return version_cpu;
}

/** On the first values that plain JavaScript holds, be they borrowed, the core advises at length to install its native backend. */
function silenceAdvice(): void {
  env().set("PROD", true);
}

/** The folder of the .wasm files: beside the bundle where they were copied there, else in the npm package. */
function wasmFolder(): string {
  const here = import.meta.dirname;
  if (existsSync(join(here, WASM_FILE))) return here;
  try {
    return dirname(createRequire(join(here, "engine.js")).resolve(`@tensorflow/tfjs-backend-wasm/dist/${WASM_FILE}`));
  } catch {
    throw new EngineUnavailableError(
      "wasm",
      `The WebAssembly engine's file ${WASM_FILE} lies neither in ${here} nor in the package @tensorflow/tfjs-backend-wasm.`,
    );
  }
}
