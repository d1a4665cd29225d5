import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureInstalled } from "./cache.mjs";
import { cudaRequirements } from "./nvidia.mjs";
import { run } from "./processes.mjs";
import { SetupError } from "./steps.mjs";
import { findPython, unpackWheel, unpackWheelFolders } from "./wheel.mjs";

export const TENSORFLOW_VERSION = "2.21.0";

const LINUX_LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const MACOS_LIBRARIES = ["libtensorflow_cc.2.dylib", "libtensorflow_framework.2.dylib"];

/**
 * A wheel that carries TensorFlow's C API.
 *
 * @typedef {object} Wheel
 * @property {string} project
 * @property {string} platform Its platform tag.
 * @property {readonly string[]} libraries
 * @property {readonly string[]} [cudaPlatforms] For one that computes on NVIDIA GPUs: the tags of the CUDA wheels beside it.
 */

/** @typedef {"cpu" | "gpu"} Device */

/**
 * By device, operating system and processor. Google makes no wheel with a C library for Windows, and none with CUDA but this one.
 *
 * @type {Record<Device, Record<string, Wheel>>}
 */
const WHEELS = {
  cpu: {
    "linux-x64": { project: "tensorflow-cpu", platform: "manylinux_2_27_x86_64", libraries: LINUX_LIBRARIES },
    "linux-arm64": { project: "tensorflow", platform: "manylinux_2_27_aarch64", libraries: LINUX_LIBRARIES },
    "darwin-arm64": { project: "tensorflow", platform: "macosx_12_0_arm64", libraries: MACOS_LIBRARIES },
  },
  gpu: {
    "linux-x64": {
      project: "tensorflow",
      platform: "manylinux_2_27_x86_64",
      libraries: LINUX_LIBRARIES,
      cudaPlatforms: ["manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"],
    },
  },
};

const PRINT_VERSION = `
import ctypes, sys
libraries = [ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL) for path in reversed(sys.argv[1:])]
libraries[-1].TF_Version.restype = ctypes.c_char_p
print(libraries[-1].TF_Version().decode(), flush=True)
`;

/**
 * The wheel for a device on a platform.
 *
 * @param {Device} device
 * @param {string} platform `linux-x64`
 * @throws {SetupError} where there is none.
 */
export function wheelFor(device, platform) {
  const wheel = WHEELS[device][platform];
  if (wheel !== undefined) return wheel;
  const what = device === "gpu" ? "with CUDA" : "with a C library";
  throw new SetupError(`There is no TensorFlow ${TENSORFLOW_VERSION} wheel ${what} for ${platform}`, {
    tried: [`one of ${Object.keys(WHEELS[device]).join(", ")}`],
    todo:
      device === "gpu" && WHEELS.cpu[platform] !== undefined
        ? "install the one that computes on the processor (`--device cpu`)."
        : "train on the WebAssembly engine (`--engine wasm`), or name your own libtensorflow in Layerwise's settings.",
  });
}

/**
 * The best device that there is a wheel for.
 *
 * @param {boolean} hasNvidiaGpu
 * @param {string} platform
 * @returns {Device}
 */
export function deviceFor(hasNvidiaGpu, platform) {
  return hasNvidiaGpu && WHEELS.gpu[platform] !== undefined ? "gpu" : "cpu";
}

/**
 * Makes sure that TensorFlow's libraries are in the cache. Those for NVIDIA GPUs lie beside CUDA's, as pip lays them out, where the engine
 * finds them before those for the processor.
 *
 * @param {Device} [device]
 * @returns {Promise<string>} The folder that holds `tensorflow/libtensorflow_cc.so.2`.
 */
export function ensureTensorflow(device = "cpu") {
  const { project, platform, libraries, cudaPlatforms } = wheelFor(device, `${process.platform}-${process.arch}`);
  const cuda = cudaPlatforms === undefined ? "" : "-cuda";
  return ensureInstalled({
    title: `TensorFlow ${TENSORFLOW_VERSION}${cuda === "" ? "" : " with CUDA (about 4 GB)"}`,
    name: "tensorflow",
    version: `${TENSORFLOW_VERSION}${cuda}`,
    files: libraries.map((library) => `tensorflow/${library}`),
    async install(folder) {
      const target = join(folder, "tensorflow");
      await mkdir(target);
      const requirement = `${project}==${TENSORFLOW_VERSION}`;
      const metadata = await unpackWheel(requirement, platform, target, "tensorflow", libraries);
      if (cudaPlatforms !== undefined) await unpackWheelFolders(cudaRequirements(metadata), cudaPlatforms, folder, "nvidia");
    },
    async verify(folder) {
      const paths = libraries.map((library) => join(folder, "tensorflow", library));
      const version = (await run(await findPython(), ["-c", PRINT_VERSION, ...paths])).trim();
      if (version === TENSORFLOW_VERSION) return;
      throw new Error(`expected TensorFlow ${TENSORFLOW_VERSION}, the library says ${version}`);
    },
  });
}
