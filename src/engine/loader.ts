import koffi from "koffi";
import { DECLARATIONS, type LibTensorFlow } from "./libtensorflow";

/** A TensorFlow shared library and those it needs loaded before it, as paths. */
export interface LibraryFiles {
  readonly main: string;
  readonly dependencies: readonly string[];
}

const OLDEST_VERSION = [2, 9] as const;

/**
 * Loads TensorFlow's shared library into this process, for good.
 *
 * @throws when the dynamic linker refuses a file, a function is missing, or the version is older than 2.9
 */
export function loadLibTensorFlow(files: LibraryFiles): LibTensorFlow {
  const paths = [...files.dependencies, files.main];
  if (process.platform !== "win32") paths.forEach(keepLoaded);
  const libraries = paths.map((path) => koffi.load(path));
  const bind = (name: keyof LibTensorFlow): unknown => {
    // The wheels spread the C API over both libraries.
    for (const library of libraries.toReversed()) {
      try {
        return library.func(DECLARATIONS[name]);
      } catch {
        continue;
      }
    }
    throw new Error(`${files.main} lacks the function ${name}: it is no TensorFlow library, or one of another version.`);
  };
  const names = Object.keys(DECLARATIONS) as (keyof LibTensorFlow)[];
  const library = Object.fromEntries(names.map((name) => [name, bind(name)])) as unknown as LibTensorFlow;
  requireVersion(library.TF_Version(), files.main);
  return library;
}

function requireVersion(version: string, path: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor >= OLDEST_VERSION[1])) return;
  throw new Error(`${path} is TensorFlow ${version}; Layerwise needs ${OLDEST_VERSION.join(".")} or newer.`);
}

/** TensorFlow registers handlers that run at exit; unmapping the library before them is a segmentation fault. */
function keepLoaded(path: string): void {
  const { RTLD_LAZY, RTLD_GLOBAL, RTLD_NODELETE } =
    process.platform === "darwin"
      ? { RTLD_LAZY: 0x1, RTLD_GLOBAL: 0x8, RTLD_NODELETE: 0x80 }
      : { RTLD_LAZY: 0x1, RTLD_GLOBAL: 0x100, RTLD_NODELETE: 0x1000 };
  dynamicLinker ??= openDynamicLinker();
  if (dynamicLinker.dlopen(path, RTLD_LAZY | RTLD_GLOBAL | RTLD_NODELETE) === null) {
    throw new Error(dynamicLinker.dlerror() ?? `The dynamic linker refused ${path}.`);
  }
}

interface DynamicLinker {
  dlopen(path: string, flags: number): bigint | null;
  dlerror(): string | null;
}

let dynamicLinker: DynamicLinker | undefined;

function openDynamicLinker(): DynamicLinker {
  const program = koffi.load(null);
  return { dlopen: program.func("void *dlopen(const char *path, int flags)"), dlerror: program.func("const char *dlerror()") };
}
