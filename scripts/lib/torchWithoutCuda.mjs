import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onPath } from "./onPath.mjs";
import { run } from "./processes.mjs";
import { SetupError } from "./steps.mjs";

/** The functions of CUDA's libraries, by their names' beginnings. */
const CUDA_FUNCTION = /^(cu|__cuda|nccl|nvrtc|nvshmem)\w+$/;
const CUDA_LIBRARY = /^lib(cu|nccl|nvrtc|nvshmem)\w*\.so\.\d+$/;
/** `cudaErrorNoDevice`: what CUDA itself answers on a machine without a graphics card. */
const NO_DEVICE = 100;

/**
 * Lets PyTorch's Linux wheel, which refuses to load without 3 GB of CUDA's libraries, run on a processor alone: small
 * libraries of the same names take their place, whose functions all answer that there is no graphics card.
 *
 * @param {string} folder The wheel's `torch/lib`.
 */
export async function standInForCuda(folder) {
  const compiler = await requireTools();
  const libraries = (await readdir(folder)).filter((name) => name.endsWith(".so")).map((name) => join(folder, name));
  const functions = await cudaFunctions(libraries);
  const needed = [...(await run("readelf", ["--dynamic", "--wide", ...libraries])).matchAll(/\(NEEDED\).*\[(.+)\]/g)];
  const names = unique(needed.map(([, name = ""]) => name)).filter((name) => CUDA_LIBRARY.test(name));

  const temporary = await mkdtemp(join(folder, ".stand-in-"));
  try {
    const source = join(temporary, "standIn.c");
    const versions = join(temporary, "versions.map");
    const library = join(temporary, "standIn.so");
    const all = [...functions.values()].flat();
    await writeFile(source, all.map((name) => `int ${name}(void) { return ${NO_DEVICE}; }\n`).join(""));
    await writeFile(versions, versionScript(functions));
    const options = ["-shared", "-fPIC", "-fno-builtin", "-w", `-Wl,--version-script=${versions}`];
    await run(compiler, [...options, "-x", "c", source, "-o", library]);
    for (const name of names) await copyFile(library, join(folder, name));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} libraries
 * @returns {Promise<ReadonlyMap<string, readonly string[]>>} What the libraries call of CUDA's, by symbol version; "" has none.
 */
async function cudaFunctions(libraries) {
  const symbols = lines(await run("nm", ["--dynamic", "--undefined-only", "--format=just-symbols", ...libraries]));
  /** @type {Map<string, string[]>} */
  const functions = new Map();
  for (const symbol of unique(symbols)) {
    const [name = "", version = ""] = symbol.split("@");
    if (CUDA_FUNCTION.test(name)) functions.set(version, [...(functions.get(version) ?? []), name]);
  }
  return functions;
}

/** The dynamic linker insists on the versions. @param {ReadonlyMap<string, readonly string[]>} functions */
function versionScript(functions) {
  const versioned = [...functions].filter(([version]) => version !== "");
  return versioned.map(([version, names]) => `${version} {\n${names.map((name) => `  ${name};\n`).join("")}};\n`).join("");
}

/** @returns {Promise<string>} A compiler of C; torch.compile asks for g++. */
async function requireTools() {
  for (const tool of ["g++", "nm", "readelf"]) {
    if ((await onPath(tool)) !== undefined) continue;
    throw new SetupError("PyTorch cannot be set up for the benchmark without a C++ compiler", {
      tried: [`${tool} on the PATH`],
      todo: "install one (Debian and Ubuntu: `apt-get install g++`), and start again.",
    });
  }
  return "g++";
}

/** @param {string} text */
function lines(text) {
  return text.split("\n").filter((line) => line !== "");
}

/** @param {readonly string[]} values */
function unique(values) {
  return [...new Set(values)];
}
