import { existsSync } from "node:fs";
import koffi from "koffi";
import { DECLARATIONS, type LibTensorFlow, STRUCTURES } from "./libtensorflow";

/** A TensorFlow shared library and what must be loaded before it, as paths. */
export interface LibraryFiles {
  readonly main: string;
  readonly dependencies: readonly string[];
  /** Libraries of a graphics card that TensorFlow can do without. */
  readonly accelerators: readonly string[];
}

for (const [name, members] of Object.entries(STRUCTURES)) koffi.struct(name, members);

const OLDEST_VERSION = [2, 9] as const;

/** Present where a graphics card can be used: on Linux, and on Linux in Windows. */
const NVIDIA_DRIVERS = ["/dev/nvidiactl", "/dev/dxg"] as const;

/**
 * Loads TensorFlow's shared library into this process, for good.
 *
 * @throws when the dynamic linker refuses a file, a function is missing, or the version is older than 2.9
 */
export function loadLibTensorFlow(files: LibraryFiles): LibTensorFlow {
  const paths = [...files.dependencies, files.main];
  if (process.platform !== "win32") {
    const linker = openDynamicLinker();
    if (NVIDIA_DRIVERS.some((device) => existsSync(device))) loadInAnyOrder(files.accelerators, (path) => linker.load(path));
    for (const path of paths) {
      if (!linker.load(path)) throw new Error(linker.lastError() ?? `The dynamic linker refused ${path}.`);
    }
  }
  const library = bindFunctions(paths);
  requireVersion(library.TF_Version(), files.main);
  return library;
}

function bindFunctions(paths: readonly string[]): LibTensorFlow {
  // The wheels spread the C API over both libraries.
  const libraries = paths.map((path) => koffi.load(path)).reverse();
  const bind = (name: string, declaration: string): unknown => {
    for (const library of libraries) {
      try {
        return library.func(declaration);
      } catch {
        continue;
      }
    }
    throw new Error(`${paths.join(" and ")} have no function ${name}: this is not TensorFlow, or another version of it.`);
  };
  const functions = Object.entries(DECLARATIONS).map(([name, declaration]) => [name, bind(name, declaration)]);
  // DECLARATIONS has one entry for each member; that its C prototypes are right no type can check.
  return Object.fromEntries(functions) as LibTensorFlow;
}

function requireVersion(version: string, path: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor >= OLDEST_VERSION[1])) return;
  throw new Error(`${path} is TensorFlow ${version}; Layerwise needs ${OLDEST_VERSION.join(".")} or newer.`);
}

/**
 * Loads libraries that need each other, and find each other only once loaded, as CUDA's do.
 *
 * @param load returns whether the dynamic linker took it
 * @returns those that it refuses whatever came before
 */
export function loadInAnyOrder(paths: readonly string[], load: (path: string) => boolean): readonly string[] {
  const refused = paths.filter((path) => !load(path));
  return refused.length > 0 && refused.length < paths.length ? loadInAnyOrder(refused, load) : refused;
}

interface DynamicLinker {
  load(path: string): boolean;
  lastError(): string | null;
}

function openDynamicLinker(): DynamicLinker {
  const [RTLD_LAZY, RTLD_GLOBAL, RTLD_NODELETE] = process.platform === "darwin" ? [0x1, 0x8, 0x80] : [0x1, 0x100, 0x1000];
  const program = koffi.load(null);
  const dlopen: (path: string, flags: number) => bigint | null = program.func("void *dlopen(const char *path, int flags)");
  const dlerror: () => string | null = program.func("const char *dlerror()");
  return {
    // TensorFlow registers handlers that run at exit; a library unmapped before them is a segmentation fault.
    load: (path) => Boolean(dlopen(path, RTLD_LAZY | RTLD_GLOBAL | RTLD_NODELETE)),
    lastError: dlerror,
  };
}
