import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { withLock } from "./lib/lock.mjs";
import { runScript, step } from "./lib/steps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = join(ROOT, "dist");
/** Written last: what the bundles were built from. */
const STAMP = join(DIST, "build.json");
const INPUTS = ["src", "webview", "scripts/build.mjs", "scripts/build-types.mjs", "package-lock.json"];

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: ROOT,
  outdir: DIST,
  bundle: true,
  write: false,
  sourcemap: true,
  logLevel: "warning",
  // One copy of tfjs-core, whether it is imported or required.
  mainFields: ["module", "main"],
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...shared,
  platform: "node",
  format: "cjs",
  target: "node20",
  define: { "import.meta.dirname": "__dirname" },
  // Keras's names derive from class names.
  keepNames: true,
  legalComments: "none",
};

/** What is installed beside the bundles instead of going into them: native code, and what finds its own files. */
const installed = ["esbuild", "koffi"];

/** What the extension imports only when it needs it is a bundle of its own, so that its activation does not wait for it. */
const lazily = {
  name: "lazily",
  setup(/** @type {esbuild.PluginBuild} */ { onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path: `./${basename(path)}.js`, external: true } : undefined,
    );
  },
};

/** @type {readonly esbuild.BuildOptions[]} */
const BUNDLES = [
  { ...node, entryPoints: { extension: "src/extension/main.ts" }, external: ["vscode"], plugins: [lazily] },
  { ...node, entryPoints: { typeset: "src/extension/math/typeset.ts" }, keepNames: false, minify: true, sourcemap: false },
  { ...node, entryPoints: { cli: "src/cli/main.ts" } },
  { ...node, entryPoints: { analyzer: "src/analysis/analyzer/main.ts" }, external: installed },
  { ...node, entryPoints: { evaluator: "src/analysis/evaluator/main.ts" } },
  {
    ...node,
    entryPoints: { trainer: "src/training/main.ts" },
    external: installed,
    alias: { "@tensorflow/tfjs": "./src/engine/tfjsUnion.ts" },
  },
  {
    // A script for a bare V8 context: neither Node nor a browser.
    ...node,
    entryPoints: { realm: "src/analysis/realm/main.ts" },
    globalName: "layerwiseRealm",
    platform: "neutral",
    format: "iife",
    define: { global: "globalThis" },
    // tfjs-core asks for these only where it found Node or a browser.
    external: ["node-fetch", "string_decoder", "util", "crypto"],
  },
  {
    ...shared,
    entryPoints: { monitor: "webview/main.tsx" },
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".ttf": "file", ".woff2": "file" },
    assetNames: "[name]",
  },
];

/** Builds `dist/` from the sources. */
export async function build() {
  const sources = await hashSources();
  await mkdir(DIST, { recursive: true });
  // The bundles are CommonJS, the sources are not.
  await replaceFile(join(DIST, "package.json"), Buffer.from('{ "type": "commonjs" }\n'));
  /** @type {unknown[]} */
  const failures = [];
  for (const options of BUNDLES) {
    try {
      const { outputFiles = [] } = await esbuild.build(options);
      for (const { path, contents } of outputFiles) await replaceFile(path, contents);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${BUNDLES.length} bundles could not be built.`);
  await buildTypes();
  await replaceFile(STAMP, Buffer.from(JSON.stringify({ sources })));
}

/**
 * Builds `dist/` where the sources have changed since it was built. Several processes may ask at once; with LAYERWISE_BUILT=1 the caller has
 * seen to it.
 */
export async function ensureBuilt() {
  if (process.env["LAYERWISE_BUILT"] === "1" || (await isFresh())) return;
  await withLock(DIST, "the build", async () => {
    if (!(await isFresh())) await step("Building", build);
  });
}

async function isFresh() {
  const stamp = await readFile(STAMP, "utf8").catch(() => "{}");
  return JSON.parse(stamp).sources === (await hashSources());
}

async function buildTypes() {
  const script = join(ROOT, "scripts/build-types.mjs");
  if (!existsSync(script)) return;
  const module = /** @type {{ buildTypes(folder: string): Promise<void> }} */ (await import(script));
  await module.buildTypes(join(DIST, "types"));
}

/** Processes may start from `dist/` while it is being built: a file is either the old one or the new one. */
async function replaceFile(/** @type {string} */ path, /** @type {Uint8Array} */ contents) {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  await writeFile(fresh, contents);
  await rename(fresh, path);
}

async function hashSources() {
  const hash = createHash("sha256");
  for (const input of INPUTS) {
    for (const file of await filesOf(join(ROOT, input))) {
      hash
        .update(relative(ROOT, file))
        .update("\0")
        .update(await readFile(file))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

/**
 * @param {string} path A file or a folder; neither needs to exist.
 * @returns {Promise<string[]>}
 */
async function filesOf(path) {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runScript(build);
