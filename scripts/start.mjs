// `npm start`: installs what is missing, builds, and opens VS Code with the extension on the sample folder.
// Flags: --port N (default: a free one), --browser (the server even where a desktop VS Code is installed), --no-open.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DATASETS, ensureDataset } from "./lib/datasets.mjs";
import { findDesktop, openDesktop } from "./lib/desktop.mjs";
import { continueUnderNode24 } from "./lib/node24.mjs";
import { ensureNpmPackages } from "./lib/npmPackages.mjs";
import { servePage } from "./lib/servePage.mjs";
import { describeFailure, log, runScript } from "./lib/steps.mjs";
import { ensureTensorflow } from "./lib/tensorflow.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const SAMPLE = { extension: ROOT, workspace: join(ROOT, "course"), file: join(ROOT, "course/fashion-mnist/mlp.model.ts") };
const USAGE = "Usage: npm start -- [--port N] [--browser] [--no-open]";

await runScript(async () => {
  const flags = readFlags();
  if (flags === undefined) return 2;
  const code = await continueUnderNode24(import.meta.url);
  if (code !== undefined) return code;

  await ensureNpmPackages(ROOT);
  await orGoOn("Models will train on the slower WebAssembly engine.", ensureTensorflow);
  for (const name of /** @type {(keyof typeof DATASETS)[]} */ (Object.keys(DATASETS))) {
    await orGoOn(`Models that use ${DATASETS[name].title} will not train.`, () => ensureDataset(name));
  }
  const { ensureBuilt } = await import("./build.mjs");
  await ensureBuilt();

  const desktop = flags.browser ? undefined : await findDesktop();
  if (desktop !== undefined) return openDesktop(desktop, SAMPLE);
  await servePage({ ...SAMPLE, port: flags.port, openBrowser: flags.open });
});

/** @returns {{ port: number, browser: boolean, open: boolean } | undefined} Nothing after wrong usage. */
function readFlags() {
  try {
    const { values } = parseArgs({
      options: { port: { type: "string" }, browser: { type: "boolean" }, "no-open": { type: "boolean" } },
    });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new Error(`--port received ${values.port}, expected a number from 1 to 65535`);
    }
    return { port, browser: values.browser ?? values.port !== undefined, open: values["no-open"] !== true };
  } catch (error) {
    log(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}

/**
 * @param {string} consequence
 * @param {() => Promise<unknown>} install
 */
async function orGoOn(consequence, install) {
  try {
    await install();
  } catch (error) {
    log(`${describeFailure(error)}\n${consequence}`);
  }
}
