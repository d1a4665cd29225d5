import { readdir } from "node:fs/promises";
import { run } from "./processes.mjs";

const DRIVER_FOLDER = "/proc/driver/nvidia/gpus";

/**
 * What this machine's NVIDIA driver says.
 *
 * @typedef {object} NvidiaDriver
 * @property {() => Promise<string[]>} listDevices One entry for each card of the kernel's driver; rejects without a driver.
 * @property {() => Promise<string>} runNvidiaSmi What `nvidia-smi -L` prints; rejects without that program.
 */

/** @type {NvidiaDriver} */
const DRIVER = {
  listDevices: () => readdir(DRIVER_FOLDER),
  runNvidiaSmi: () => run("nvidia-smi", ["-L"]),
};

/**
 * Looks for NVIDIA GPUs: in the kernel's list, else by `nvidia-smi`, which knows them in Linux on Windows too.
 *
 * @param {NvidiaDriver} [driver]
 * @returns {Promise<string | undefined>} Where one was seen.
 */
export async function findNvidiaGpu({ listDevices, runNvidiaSmi } = DRIVER) {
  const devices = await listDevices().catch(() => []);
  if (devices.length > 0) return DRIVER_FOLDER;
  const listed = await runNvidiaSmi().catch(() => "");
  return /^GPU \d+:/m.exec(listed) === null ? undefined : "nvidia-smi";
}

/**
 * The CUDA wheels that a TensorFlow wheel asks for.
 *
 * @param {string} metadata The text of its METADATA.
 * @returns {string[]} Requirements such as `nvidia-cublas-cu12<13.0,>=12.5.3.2`.
 */
export function cudaRequirements(metadata) {
  return metadata.split(/\r?\n/).flatMap((line) => {
    const [, requirement, marker] = /^Requires-Dist: *([^;]+?) *;(.*)$/.exec(line) ?? [];
    return requirement !== undefined && /\bextra *== *["']and[-_]cuda["']/.test(marker ?? "") ? [requirement] : [];
  });
}
