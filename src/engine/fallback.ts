import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { env, setBackend } from "@tensorflow/tfjs-core";
import { EngineUnavailableError } from "./errors";

const WASM_FILE = "tfjs-backend-wasm.wasm";

/** Makes WebAssembly the backend of tfjs-core. Returns its version. */
export async function activateWasmBackend(): Promise<string> {
  const { setWasmPaths, version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(wasmFolder(), "/"));
  if (!(await setBackend("wasm"))) {
    throw new EngineUnavailableError("wasm", `The WebAssembly engine could not start from ${wasmFolder()}.`);
  }
  return version_wasm;
}

/** Makes plain JavaScript the backend of tfjs-core. Returns its version. */
export async function activateCpuBackend(): Promise<string> {
  const { version_cpu } = await import("@tensorflow/tfjs-backend-cpu");
  // Otherwise the core advises at length to install its native backend.
  env().set("PROD", true);
  await setBackend("cpu");
  return version_cpu;
}

/** The folder of the .wasm files: beside the bundle where they were copied there, else in the npm package. */
function wasmFolder(): string {
  const here = typeof __filename === "string" ? __filename : fileURLToPath(import.meta.url);
  if (existsSync(join(dirname(here), WASM_FILE))) return dirname(here);
  try {
    return dirname(createRequire(here).resolve(`@tensorflow/tfjs-backend-wasm/dist/${WASM_FILE}`));
  } catch {
    throw new EngineUnavailableError(
      "wasm",
      `The WebAssembly engine's file ${WASM_FILE} lies neither beside ${here} nor in the package @tensorflow/tfjs-backend-wasm.`,
    );
  }
}
