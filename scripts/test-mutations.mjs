// `npm run test:mutations`: a thousand model files with seeded mistakes through the real analyzer; `npm test` takes a sample of them.
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { continueUnderNode24 } from "./lib/node24.mjs";
import { runVisibly } from "./lib/processes.mjs";
import { runScript } from "./lib/steps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COUNT = "1000";

await runScript(async () => (await continueUnderNode24(import.meta.url)) ?? (await runMutations()));

async function runMutations() {
  process.env["LAYERWISE_MUTATIONS"] ??= COUNT;
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  return runVisibly(process.execPath, [vitest, "run", "test/processes/mutations.test.ts"], { cwd: ROOT });
}
