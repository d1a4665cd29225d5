import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ensureInstalled } from "./cache.mjs";
import { run } from "./processes.mjs";
import { SetupError } from "./steps.mjs";
import { standInForCuda } from "./torchWithoutCuda.mjs";
import { findPython } from "./wheel.mjs";

const TENSORFLOW = process.platform === "darwin" ? "tensorflow" : "tensorflow-cpu";
/** What is compared with Layerwise, by the modules' names. */
const COMPARED = /** @type {const} */ ({ keras: "3.15.1", tensorflow: "2.21.0", torch: "2.15.0" });
/** With everything that they need. */
const REQUIREMENTS = [`keras==${COMPARED.keras}`, `${TENSORFLOW}==${COMPARED.tensorflow}`];
/** Without what it needs on a graphics card, which is most of its size. */
const TORCH = `torch==${COMPARED.torch}`;
const TORCH_NEEDS = [
  "filelock",
  "fsspec",
  "jinja2",
  "networkx",
  "setuptools>=77.0.3",
  "sympy>=1.13.3",
  "typing-extensions>=4.13.0",
];

const VERSIONS = "installed.txt";
const PRINT_VERSIONS = `
import importlib, json, sys
print(json.dumps({name: importlib.import_module(name).__version__.split("+")[0] for name in sys.argv[1:]}))
`;

/**
 * Makes sure that a Python environment with Keras, TensorFlow and PyTorch is in the cache; no other Python is touched.
 *
 * @returns {Promise<string>} Its interpreter.
 */
export async function ensurePythonEnvironment() {
  const base = await findPython();
  const pythonVersion = (await run(base, ["-c", "import platform; print(platform.python_version())"])).trim();
  const wanted = [pythonVersion, process.platform, process.arch, ...REQUIREMENTS, TORCH, ...TORCH_NEEDS];
  const key = createHash("sha256").update(wanted.join("\n")).digest("hex").slice(0, 12);
  const folder = await ensureInstalled({
    title: `Keras ${COMPARED.keras}, TensorFlow ${COMPARED.tensorflow} and PyTorch ${COMPARED.torch} for the benchmark`,
    name: "bench-python",
    version: key,
    files: ["pyvenv.cfg", VERSIONS],
    install: (partial) => install(base, partial),
    verify,
  });
  return interpreter(folder);
}

/**
 * @param {string} base
 * @param {string} folder
 */
async function install(base, folder) {
  await run(base, ["-m", "venv", folder]);
  await pip(folder, [...REQUIREMENTS, ...TORCH_NEEDS]);
  await pip(folder, ["--no-deps", TORCH]);
  if (process.platform === "linux") await standInForCuda(await torchLibraries(folder));
  await writeFile(join(folder, VERSIONS), await run(interpreter(folder), ["-m", "pip", "freeze", "--all"]));
}

/**
 * @param {string} folder
 * @param {readonly string[]} packages
 */
async function pip(folder, packages) {
  const args = ["-m", "pip", "install", "--no-cache-dir", "--quiet", ...packages];
  try {
    await run(interpreter(folder), args);
  } catch (cause) {
    throw new SetupError("The benchmark's Python packages could not be had from the Python package index", {
      tried: [[interpreter(folder), ...args].join(" ")],
      todo: "check the network and that 4 GB of disk are free (`df -h`), and start again.",
      cause,
    });
  }
}

/** @param {string} folder */
async function torchLibraries(folder) {
  // Not imported, which would need the libraries.
  const find = "import importlib.util; print(importlib.util.find_spec('torch').submodule_search_locations[0])";
  return join((await run(interpreter(folder), ["-c", find])).trim(), "lib");
}

/** @param {string} folder */
async function verify(folder) {
  await readFile(join(folder, VERSIONS));
  const received = JSON.parse(await run(interpreter(folder), ["-c", PRINT_VERSIONS, ...Object.keys(COMPARED)]));
  for (const [name, expected] of Object.entries(COMPARED)) {
    if (received[name] !== expected) throw new Error(`expected ${name} ${expected}, received ${received[name]}`);
  }
}

/** @param {string} folder */
function interpreter(folder) {
  return process.platform === "win32" ? join(folder, "Scripts/python.exe") : join(folder, "bin/python");
}
