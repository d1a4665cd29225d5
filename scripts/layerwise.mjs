// The command line of a checkout: `npm run --silent layerwise -- COMMAND …`.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "./lib/cache.mjs";
import { cachedNode24, runUnder } from "./lib/node24.mjs";
import { runScript, SetupError } from "./lib/steps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await runScript(async () => {
  if (!(await exists(join(ROOT, "node_modules/esbuild")))) {
    throw new SetupError("The npm packages are not installed", { todo: "run `npm ci`, and start again." });
  }
  const { ensureBuilt } = await import("./build.mjs");
  await ensureBuilt();
  const node = (await cachedNode24()) ?? process.execPath;
  return runUnder(node, [join(ROOT, "dist/cli.js"), ...process.argv.slice(2)]);
});
