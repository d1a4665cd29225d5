import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, normalize, resolve } from "node:path";
import type { Loader, OnResolveArgs, OnResolveResult, PartialMessage, Plugin, PluginBuild } from "esbuild";
import { DSL_MODULES } from "./script";
import { isPackageFile } from "./sourceMapper";

interface ModelFilesOptions {
  file: string;
  overlays: Readonly<Record<string, string>>;
  target: "analysis" | "training";
  /** Receives the text of every file read, packages left out. */
  texts: Map<string, string>;
}

const LOADERS: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".jsx": "jsx",
  ".json": "json",
};
const SOURCE_FILE = /\.([cm]?[jt]s|[jt]sx|json)$/;
const MISSING = "missing";
/** Marks a resolution that this plugin itself asks for. */
const ASKED = Symbol("asked");

/** Reads a model's files with open editors' text laid over the disk, and turns imports that lead nowhere into diagnostics. */
export function modelFiles({ file, overlays, target, texts }: ModelFilesOptions): Plugin {
  const unsaved = overlaysByPath(overlays);
  return {
    name: "layerwise",
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (args.kind === "entry-point") return { path: file };
        if (args.namespace === MISSING || (DSL_MODULES as readonly string[]).includes(args.path))
          return { path: args.path, external: true };
        if (args.pluginData === ASKED || isPackageFile(args.importer)) return undefined;
        return resolveImport(build, args, unsaved, target);
      });
      build.onLoad({ filter: SOURCE_FILE, namespace: "file" }, async ({ path }) => {
        if (isPackageFile(path)) return undefined;
        const text = unsaved.get(path) ?? (await readFile(path, "utf8").catch((error: unknown) => error));
        if (typeof text !== "string") return { errors: [unreadableFile(path, text)] };
        texts.set(path, text);
        return { contents: text, loader: LOADERS[extname(path)] ?? "ts" };
      });
      build.onLoad({ filter: /.*/, namespace: MISSING }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(`${MISSING}:${path}`)});`,
      }));
    },
  };
}

/** Both as the editor names it and as the bundler will, which follows symbolic links. */
function overlaysByPath(overlays: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [path, text] of Object.entries(overlays)) {
    texts.set(normalize(path), text);
    try {
      texts.set(realpathSync(path), text);
    } catch {
      // A file that was never saved has no other name.
    }
  }
  return texts;
}

async function resolveImport(
  build: PluginBuild,
  { path, kind, importer, resolveDir }: OnResolveArgs,
  unsaved: ReadonlyMap<string, string>,
  target: "analysis" | "training",
): Promise<OnResolveResult> {
  const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: ASKED });
  if (found.errors.length === 0) {
    const { path: resolved, namespace, external, sideEffects } = found;
    return { path: resolved, namespace, external, sideEffects };
  }
  if (path.startsWith(".")) {
    const base = resolve(resolveDir, path);
    const neverSaved = ["", ...Object.keys(LOADERS)]
      .map((extension) => base + extension)
      .find((candidate) => unsaved.has(candidate));
    if (neverSaved !== undefined) return { path: neverSaved };
  }
  const message = missingModule(path, resolveDir);
  return target === "analysis" ? { path, namespace: MISSING, warnings: [message] } : { errors: [message] };
}

function unreadableFile(path: string, error: unknown): PartialMessage {
  const reason = error instanceof Error ? error.message : String(error);
  return { text: `The file ${path} cannot be read: ${reason}. Create it or check its permissions.`, detail: "missing-file" };
}

function missingModule(path: string, resolveDir: string): PartialMessage {
  if (path.startsWith(".") || path.startsWith("/")) {
    return { text: `There is no file "${path}" in ${resolveDir}. Correct the path or create the file.`, detail: "missing-file" };
  }
  const name = path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
  return {
    text: `The package "${name}" was not found from ${resolveDir}. Install it there with "npm install ${name}", or correct the import.`,
    detail: "missing-package",
  };
}
