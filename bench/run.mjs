// Bundles a benchmark as the trainer is bundled, and runs it: `node bench/run.mjs steps [arguments]`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const [name = "steps", ...args] = process.argv.slice(2);
// Under the checkout, from where koffi is found.
const outfile = join(ROOT, "out", "bench", `${name}.cjs`);

await esbuild.build({
  absWorkingDir: ROOT,
  entryPoints: [`bench/${name}.ts`],
  outfile,
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
process.exitCode = spawnSync(process.execPath, [outfile, ...args], { stdio: "inherit" }).status ?? 1;
