import { existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { type CacheSurroundings, cacheFolder } from "./cacheFolder";
import type { LibraryFiles } from "./loader";

/** A folder in which TensorFlow's library may lie, and why it is looked for there. */
export interface SearchPlace {
  readonly source: string;
  readonly folder: string;
}

export interface RejectedPlace extends SearchPlace {
  readonly reason: string;
}

export interface Candidate extends SearchPlace {
  readonly files: LibraryFiles;
}

/** What the search depends on; the process's own by default. */
export interface Surroundings extends CacheSurroundings {
  readonly workingFolder: string;
}

interface LibraryNames {
  readonly main: readonly string[];
  readonly framework: string;
}

/** The Python wheels carry the C API in `libtensorflow_cc`, Google's C packages (tfjs-node's too) in `libtensorflow`. */
function libraryNames(platform: NodeJS.Platform): LibraryNames {
  if (platform === "win32") return { main: ["tensorflow.dll"], framework: "tensorflow_framework.dll" };
  if (platform === "darwin") {
    return { main: ["libtensorflow_cc.2.dylib", "libtensorflow.2.dylib"], framework: "libtensorflow_framework.2.dylib" };
  }
  return { main: ["libtensorflow_cc.so.2", "libtensorflow.so.2"], framework: "libtensorflow_framework.so.2" };
}

/**
 * Where TensorFlow is looked for, in order:
 *
 * 1. the given path (the setting), else the environment's `LAYERWISE_TENSORFLOW`: a folder, or the library itself;
 *    if there is one, nothing else is looked at
 * 2. the Python environments: that of the interpreter `LAYERWISE_PYTHON` (the one selected in the editor), the active
 *    one (`VIRTUAL_ENV`, `CONDA_PREFIX`), that of the first `python3` on the `PATH`, the user's own packages
 * 3. Layerwise's cache, the newest version first, of one version the one with CUDA
 * 4. what tfjs-node downloaded in the working folder's node_modules
 * 5. `/usr/local/lib`, `/usr/lib`
 */
export function searchPlaces(explicitPath: string | undefined, surroundings: Surroundings): SearchPlace[] {
  const { env, platform, workingFolder } = surroundings;
  if (explicitPath) return [{ source: "the given path", folder: explicitPath }];
  const fromEnvironment = env["LAYERWISE_TENSORFLOW"];
  if (fromEnvironment) return [{ source: "LAYERWISE_TENSORFLOW", folder: fromEnvironment }];

  const nodePackages = join(workingFolder, "node_modules", "@tensorflow");
  return [
    ...pythonPlaces(surroundings),
    ...cachePlaces(surroundings),
    { source: "tfjs-node", folder: join(nodePackages, "tfjs-node-gpu", "deps", "lib") },
    { source: "tfjs-node", folder: join(nodePackages, "tfjs-node", "deps", "lib") },
    ...(platform === "win32" ? [] : ["/usr/local/lib", "/usr/lib"]).map((folder) => ({ source: "system", folder })),
  ];
}

/** Splits the places into those that hold a library, best first, and those that do not, with the reason. */
export function findCandidates(
  places: readonly SearchPlace[],
  platform: NodeJS.Platform,
): { candidates: Candidate[]; rejected: RejectedPlace[] } {
  const candidates: Candidate[] = [];
  const rejected: RejectedPlace[] = [];
  for (const place of places) {
    const found = filesAt(place.folder, libraryNames(platform));
    if (typeof found === "string") rejected.push({ ...place, reason: found });
    else candidates.push({ ...place, files: found });
  }
  return { candidates, rejected };
}

function filesAt(path: string, names: LibraryNames): LibraryFiles | string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return "does not exist";
  const folder = status.isDirectory() ? path : dirname(path);
  const main = status.isDirectory() ? names.main.map((name) => join(path, name)).find((file) => existsSync(file)) : path;
  if (main === undefined) return `holds no ${names.main.join(" and no ")}`;
  const framework = join(folder, names.framework);
  return { main, dependencies: existsSync(framework) ? [framework] : [], accelerators: cudaLibraries(folder) };
}

/** A GPU wheel's CUDA libraries lie beside it in packages of their own: `site-packages/nvidia/cublas/lib`. */
function cudaLibraries(tensorflowFolder: string): string[] {
  const nvidia = join(dirname(tensorflowFolder), "nvidia");
  return entries(nvidia).flatMap((name) => {
    const folder = join(nvidia, name, "lib");
    return entries(folder)
      .filter((file) => /\.so(\.\d+)*$/.test(file))
      .map((file) => join(folder, file));
  });
}

function pythonPlaces(surroundings: Surroundings): SearchPlace[] {
  const { env, platform, home } = surroundings;
  const selected = env["LAYERWISE_PYTHON"];
  const onPath = platform === "win32" ? undefined : findOnPath("python3", env["PATH"] ?? "");
  const prefixes: [source: string, prefix: string | undefined][] = [
    ["selected Python", selected && environmentOf(selected)],
    ["active Python environment", env["VIRTUAL_ENV"]],
    ["active Conda environment", env["CONDA_PREFIX"]],
    ["python3 on the PATH", onPath && environmentOf(onPath)],
    ["the user's Python packages", platform === "win32" ? undefined : join(home, ".local")],
  ];
  return prefixes.flatMap(([source, prefix]) =>
    prefix ? packageFolders(prefix, platform).map((folder) => ({ source, folder: join(folder, "tensorflow") })) : [],
  );
}

/** `…/bin/python3` and `…\Scripts\python.exe` belong to `…`, a base installation's `…\python.exe` too. */
function environmentOf(interpreter: string): string {
  const folder = dirname(interpreter);
  return /[\\/](bin|Scripts)$/.test(folder) ? dirname(folder) : folder;
}

function packageFolders(prefix: string, platform: NodeJS.Platform): string[] {
  if (platform === "win32") return [join(prefix, "Lib", "site-packages")];
  // Debian keeps what pip installs for the system's Python under /usr/local, in dist-packages.
  const libraries = prefix === "/usr" ? ["/usr/local/lib", "/usr/lib"] : [join(prefix, "lib")];
  const found = libraries.flatMap((library) =>
    entries(library)
      .filter((name) => /^python3(\.\d+)?$/.test(name))
      .flatMap((name) => [join(library, name, "site-packages"), join(library, name, "dist-packages")])
      .filter((folder) => existsSync(folder)),
  );
  return found.length > 0 ? found : [join(prefix, "lib", "python3", "site-packages")];
}

function findOnPath(program: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

function cachePlaces(surroundings: Surroundings): SearchPlace[] {
  const root = join(cacheFolder(surroundings), "tensorflow");
  const versions = entries(root)
    .filter((name) => /^\d+(\.\d+)*(-cuda)?$/.test(name))
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  if (versions.length === 0) return [{ source: "Layerwise's cache", folder: root }];
  return versions.map((version) => ({ source: "Layerwise's cache", folder: join(root, version, "tensorflow") }));
}

function entries(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : [];
}
