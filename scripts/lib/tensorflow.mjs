import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ensureInstalled } from "./cache.mjs";
import { run } from "./processes.mjs";
import { SetupError } from "./steps.mjs";
import { findPython, unpackWheel } from "./wheel.mjs";

export const TENSORFLOW_VERSION = "2.21.0";

const LINUX_LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const MACOS_LIBRARIES = ["libtensorflow_cc.2.dylib", "libtensorflow_framework.2.dylib"];

/** The wheels that carry TensorFlow's C API, by operating system and processor. */
const WHEELS = /** @type {Record<string, { project: string, platform: string, libraries: readonly string[] }>} */ ({
  "linux-x64": { project: "tensorflow-cpu", platform: "manylinux_2_27_x86_64", libraries: LINUX_LIBRARIES },
  "linux-arm64": { project: "tensorflow", platform: "manylinux_2_27_aarch64", libraries: LINUX_LIBRARIES },
  "darwin-arm64": { project: "tensorflow", platform: "macosx_12_0_arm64", libraries: MACOS_LIBRARIES },
});

const PRINT_VERSION = `
import ctypes, sys
libraries = [ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL) for path in reversed(sys.argv[1:])]
libraries[-1].TF_Version.restype = ctypes.c_char_p
print(libraries[-1].TF_Version().decode(), flush=True)
`;

/**
 * Makes sure that TensorFlow's libraries are in the cache.
 *
 * @returns {Promise<string>} The folder that holds `tensorflow/libtensorflow_cc.so.2`.
 */
export function ensureTensorflow() {
  const platform = `${process.platform}-${process.arch}`;
  const wheel = WHEELS[platform];
  if (wheel === undefined) {
    throw new SetupError(`There is no TensorFlow ${TENSORFLOW_VERSION} wheel with a C library for ${platform}`, {
      tried: [`one of ${Object.keys(WHEELS).join(", ")}`],
      todo: "train on the WebAssembly engine (`--engine wasm`), or name your own libtensorflow in Layerwise's settings.",
    });
  }
  return ensureInstalled({
    title: `TensorFlow ${TENSORFLOW_VERSION}`,
    name: "tensorflow",
    version: TENSORFLOW_VERSION,
    files: wheel.libraries.map((library) => `tensorflow/${library}`),
    async install(folder) {
      const libraries = join(folder, "tensorflow");
      await mkdir(libraries);
      const requirement = `${wheel.project}==${TENSORFLOW_VERSION}`;
      await unpackWheel(requirement, wheel.platform, libraries, "tensorflow", wheel.libraries);
    },
    async verify(folder) {
      const paths = wheel.libraries.map((library) => join(folder, "tensorflow", library));
      const version = (await run(await findPython(), ["-c", PRINT_VERSION, ...paths])).trim();
      if (version === TENSORFLOW_VERSION) return;
      throw new Error(`expected TensorFlow ${TENSORFLOW_VERSION}, the library says ${version}`);
    },
  });
}
