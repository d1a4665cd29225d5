// `npm test`: installs what is missing, builds, and runs every suite; `npm test -- unit engine` runs only those named.
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureCodeServer } from "./lib/codeServer.mjs";
import { DATASETS, ensureDataset } from "./lib/datasets.mjs";
import { continueUnderNode24 } from "./lib/node24.mjs";
import { ensureNpmPackages } from "./lib/npmPackages.mjs";
import { describeFailure, log, runScript } from "./lib/steps.mjs";
import { runCheck, runReporting, runVitest } from "./lib/suites.mjs";
import { ensureTensorflow } from "./lib/tensorflow.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** @typedef {import("./lib/suites.mjs").Result} Result */

async function installData() {
  await ensureTensorflow();
  for (const name of Object.keys(DATASETS)) await ensureDataset(/** @type {keyof typeof DATASETS} */ (name));
}

async function installEditor() {
  await installData();
  await ensureCodeServer();
  await ensureChromium();
}

const installNothing = async () => undefined;

/** @type {Readonly<Record<string, { install: () => Promise<unknown>, run: () => Promise<Result> }>>} */
const SUITES = {
  typecheck: { install: installNothing, run: () => runCheck(ROOT, "typecheck") },
  lint: { install: installNothing, run: () => runCheck(ROOT, "lint") },
  unit: { install: installNothing, run: () => runVitest(ROOT, "unit") },
  engine: { install: installData, run: () => runVitest(ROOT, "engine") },
  processes: { install: installData, run: () => runVitest(ROOT, "processes") },
  conformance: { install: ensureTensorflow, run: runConformance },
  webview: { install: ensureChromium, run: () => runVitest(ROOT, "webview") },
  vscode: { install: installEditor, run: () => runVitest(ROOT, "vscode") },
};

await runScript(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    log(`There is no suite ${unknown.join(", ")}. Name some of: ${Object.keys(SUITES).join(", ")}; without a name, all run.`);
    return 2;
  }
  const code = await continueUnderNode24(import.meta.url);
  if (code !== undefined) return code;
  await ensureNpmPackages(ROOT);
  const { ensureBuilt } = await import("./build.mjs");
  await ensureBuilt();

  /** @type {Map<string, Result>} */
  const results = new Map();
  for (const name of names.length > 0 ? names : Object.keys(SUITES)) results.set(name, await runSuite(name));
  return summarize(results);
});

async function runConformance() {
  const onTensorflow = await runReporting(ROOT, "scripts/test-conformance.mjs");
  return sum([onTensorflow, await runReporting(ROOT, "scripts/test-conformance.mjs", "--engine", "analysis")]);
}

/**
 * @param {string} name
 * @returns {Promise<Result>}
 */
async function runSuite(name) {
  log(`\n› ${name}`);
  const suite = SUITES[name];
  try {
    if (suite === undefined) throw new Error(`There is no suite ${name}`);
    await suite.install();
    return await suite.run();
  } catch (error) {
    log(describeFailure(error));
    return { passed: 0, failed: 1 };
  }
}

/** @param {ReadonlyMap<string, Result>} results */
function summarize(results) {
  console.log("");
  for (const [name, { passed, failed }] of results) {
    console.log(`${failed > 0 ? "✗" : "✓"} ${name.padEnd(12)} ${passed} passed, ${failed} failed`);
  }
  const total = sum([...results.values()]);
  console.log(`\nTests: ${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

/**
 * @param {readonly Result[]} results
 * @returns {Result}
 */
function sum(results) {
  return results.reduce((total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }));
}
