import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { continueUnderNode24 } from "./lib/node24.mjs";
import { runScript } from "./lib/steps.mjs";
import { ensureTensorflow } from "./lib/tensorflow.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BUNDLE = join(ROOT, "out", "conformance.cjs");

await runScript(async () => (await continueUnderNode24(import.meta.url)) ?? (await runConformance()));

/** Runs tfjs-core's own tests on our binding, bundled as the trainer is: with one tfjs-core. */
async function runConformance() {
  if (!process.env["LAYERWISE_TENSORFLOW"]) await ensureTensorflow();
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ["test/conformance/run.ts"],
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
    // The core declares its tests to be without side effects.
    ignoreAnnotations: true,
    external: ["koffi", "jasmine", "jasmine-core"],
    alias: { "@tensorflow/tfjs": "./src/engine/tfjsUnion.ts" },
    logLevel: "warning",
  });
  const child = spawn(process.execPath, [BUNDLE, ...process.argv.slice(2)], { stdio: "inherit", cwd: ROOT });
  const [exitCode] = await once(child, "exit");
  return exitCode ?? 1;
}
