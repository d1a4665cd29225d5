import { activateTensorFlowBackend } from "./backend";
import type { EngineAvailability, EngineInfo, EngineName, EngineOptions } from "./engineInfo";
import { EngineUnavailableError } from "./errors";
import { activateCpuBackend, activateWasmBackend } from "./fallback";
import { openTensorFlow, type RuntimeOptions } from "./tensorflow";

const STARTERS: Readonly<Record<EngineName, (options: RuntimeOptions) => Promise<EngineInfo>>> = {
  tensorflow: async (options) => {
    const { binding, place, threads } = openTensorFlow(options);
    await activateTensorFlowBackend(binding);
    return {
      name: "tensorflow",
      version: binding.TF_Version,
      device: binding.device.type,
      reason: `TensorFlow from ${place.source} (${place.folder})`,
      threads,
    };
  },
  wasm: async () => ({
    name: "wasm",
    version: await activateWasmBackend(),
    device: "CPU",
    reason: "WebAssembly, part of Layerwise; what it lacks, such as the gradients of convolutions, runs in plain JavaScript",
    threads: null,
  }),
  cpu: async () => ({
    name: "cpu",
    version: await activateCpuBackend(),
    device: "CPU",
    reason: "plain JavaScript, part of Layerwise",
    threads: null,
  }),
};

/** Best first. */
const ENGINES = ["tensorflow", "wasm", "cpu"] as const;

/**
 * Starts an engine and makes it the backend of tfjs-core. `"auto"` takes the best that runs here and says why.
 *
 * @throws {EngineUnavailableError} when the engine asked for cannot run here
 */
export async function startEngine(options: EngineOptions): Promise<EngineInfo> {
  if (options.engine !== "auto") {
    const info = await STARTERS[options.engine](options);
    return { ...info, reason: `${info.reason}, as asked for` };
  }
  const refusals: string[] = [];
  for (const name of ENGINES) {
    try {
      const info = await STARTERS[name](options);
      return { ...info, reason: [info.reason, ...refusals].join("; ") };
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      refusals.push(error.reason);
    }
  }
  throw new EngineUnavailableError("cpu", "No engine can run here.", refusals);
}

/** Tries every engine, best first. The last one that starts stays the backend of tfjs-core. */
export async function listEngines(options: RuntimeOptions = {}): Promise<EngineAvailability[]> {
  const list: EngineAvailability[] = [];
  for (const name of ENGINES) {
    try {
      const { version, device, reason } = await STARTERS[name](options);
      list.push({ name, available: true, version, device, reason });
    } catch (error) {
      if (!(error instanceof EngineUnavailableError)) throw error;
      list.push({ name, available: false, version: null, device: null, reason: error.message });
    }
  }
  return list;
}
