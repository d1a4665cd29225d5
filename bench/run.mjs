// Bundles a benchmark as the trainer is bundled, and runs it: `node bench/run.mjs NAME [arguments]`.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDataset } from "../scripts/lib/datasets.mjs";
import { cachedNode24, runUnder } from "../scripts/lib/node24.mjs";
import { ensureNpmPackages } from "../scripts/lib/npmPackages.mjs";
import { ensurePythonEnvironment } from "../scripts/lib/pythonEnvironment.mjs";
import { log, runScript } from "../scripts/lib/steps.mjs";
import { ensureTensorflow } from "../scripts/lib/tensorflow.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
// Under the checkout, from where koffi is found.
const OUT = join(ROOT, "out", "bench");

/**
 * @typedef {object} Benchmark
 * @property {readonly string[]} entryPoints What it consists of.
 * @property {readonly string[]} [nodeOptions]
 * @property {() => Promise<NodeJS.ProcessEnv>} [prepare] Gives what it needs in its environment.
 */

const BENCHMARKS = /** @type {Record<string, Benchmark>} */ ({
  steps: { entryPoints: ["steps"] },
  memory: { entryPoints: ["memory"], nodeOptions: ["--expose-gc"] },
  editor: { entryPoints: ["editor"], prepare: () => buildCommandLine().then(() => ({})) },
  comparison: {
    entryPoints: ["comparison", "layerwiseWorker"],
    prepare: async () => {
      await buildCommandLine();
      return {
        LAYERWISE_BENCH_PYTHON: await ensurePythonEnvironment(),
        LAYERWISE_BENCH_DATA: await ensureDataset("fashion-mnist"),
      };
    },
  },
});

async function buildCommandLine() {
  const { ensureBuilt } = await import("../scripts/build.mjs");
  await ensureBuilt();
}

/** @param {readonly string[]} entryPoints */
async function bundle(entryPoints) {
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: entryPoints.map((name) => `bench/${name}.ts`),
    outdir: OUT,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    keepNames: true,
    sourcemap: true,
    mainFields: ["module", "main"],
    define: { "import.meta.dirname": "__dirname" },
    external: ["koffi", "esbuild"],
    alias: { "@tensorflow/tfjs": "./src/engine/tfjsUnion.ts" },
    logLevel: "warning",
  });
}

await runScript(async () => {
  const [name = "", ...args] = process.argv.slice(2);
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) {
    log(`There is no benchmark "${name}"; expected one of ${Object.keys(BENCHMARKS).join(", ")}.`);
    return 2;
  }
  await ensureNpmPackages(ROOT);
  await ensureTensorflow();
  Object.assign(process.env, { LAYERWISE_BENCH_ROOT: ROOT, ...(await benchmark.prepare?.()) });
  await bundle(benchmark.entryPoints);
  return runUnder((await cachedNode24()) ?? process.execPath, [
    ...(benchmark.nodeOptions ?? []),
    join(OUT, `${name}.cjs`),
    ...args,
  ]);
});
