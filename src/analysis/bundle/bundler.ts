import { createHash } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { build, type BuildFailure, type Message } from "esbuild";
import type { Diagnostic } from "../../protocol";
import { compileDiagnostic } from "./compileDiagnostic";
import { modelFiles } from "./modelFiles";
import { SourceMapper } from "./sourceMapper";

export interface BundleOptions {
  /** Absolute path of the model file. */
  file: string;
  /** Unsaved text by absolute path: it replaces what is on disk. */
  overlays?: Readonly<Record<string, string>> | undefined;
  /** For analysis a missing module is noted and the rest still runs; for training it is an error that ends the build. */
  target: "analysis" | "training";
}

export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Of the text in UTF-8, in hexadecimal digits. */
  readonly sha256: string;
}

export interface Bundle {
  /** The body of a function with the parameters {@link MODEL_SCRIPT_PARAMETERS}; null when the file does not compile. */
  readonly code: string | null;
  /** Leads from the code back to the sources; null when there is no code. */
  readonly mapper: SourceMapper | null;
  /** The model file first, then what it imports, packages left out. */
  readonly sources: readonly SourceFile[];
  /** Syntax errors and imports that cannot be resolved. */
  readonly errors: readonly Diagnostic[];
}

/** Makes one script of a model file and everything it imports, in memory. `layerwise` and Node's own modules are left to `require`. */
export async function bundleModelFile({ file, overlays = {}, target }: BundleOptions): Promise<Bundle> {
  const folder = dirname(file);
  const texts = new Map<string, string>();
  const outcome = await build({
    entryPoints: [file],
    absWorkingDir: folder,
    outfile: join(folder, "model.bundle.js"),
    bundle: true,
    write: false,
    sourcemap: "external",
    sourcesContent: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    // Keras's names derive from class names.
    keepNames: true,
    // A native `import()` would hand an object of the host to the realm.
    supported: { "dynamic-import": false },
    define: { "import.meta.dirname": JSON.stringify(folder), "import.meta.filename": JSON.stringify(file) },
    logLevel: "silent",
    logLimit: 0,
    plugins: [modelFiles({ file, overlays, target, texts })],
  }).catch((error: unknown) => {
    if (isBuildFailure(error)) return error;
    throw error;
  });
  const sources = [...texts].map(([path, text]) => ({ path, text, sha256: sha256(text) }));
  const diagnostic = (message: Message): Diagnostic => compileDiagnostic(message, file);
  const missing = outcome.warnings.filter(isMissingModule).map(diagnostic);
  if (!("outputFiles" in outcome)) {
    return { code: null, mapper: null, sources, errors: [...outcome.errors.map(diagnostic), ...missing] };
  }
  const [map, script] = outcome.outputFiles;
  if (map === undefined || script === undefined) throw new Error(`esbuild made no script of ${file}.`);
  return { code: script.text, mapper: new SourceMapper(map.text, resolve(folder)), sources, errors: missing };
}

function isMissingModule({ pluginName }: Message): boolean {
  return pluginName !== "";
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && "warnings" in error;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
