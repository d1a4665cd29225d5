import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runVisibly, runWatched } from "./processes.mjs";
import { log } from "./steps.mjs";

/** @typedef {{ passed: number, failed: number }} Result What is skipped counts as failed: nothing may go silent. */

/**
 * Runs one of package.json's checks. It counts as one test.
 *
 * @param {string} root
 * @param {string} script
 * @returns {Promise<Result>}
 */
export async function runCheck(root, script) {
  const code = await runVisibly("npm", ["run", "--silent", script], { cwd: root });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/**
 * Runs the vitest suites of one folder of `test`.
 *
 * @param {string} root
 * @param {string} name
 * @returns {Promise<Result>}
 */
export async function runVitest(root, name) {
  const report = join(root, "out/test-results", `${name}.json`);
  await mkdir(join(root, "out/test-results"), { recursive: true });
  await rm(report, { force: true });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runVisibly(process.execPath, [vitest, "run", `test/${name}/`, ...reporters], { cwd: root });
  const { numPassedTests, numTotalTests } = JSON.parse(await readFile(report, "utf8"));
  return counted({ passed: numPassedTests, failed: numTotalTests - numPassedTests }, code);
}

/**
 * Runs a script whose last line says "N passed, N failed".
 *
 * @param {string} root
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<Result>}
 */
export async function runReporting(root, script, ...args) {
  const { code, output } = await runWatched(process.execPath, [join(root, script), ...args], { cwd: root });
  const counts = /(\d+) passed, (\d+) failed/.exec(output.trimEnd().split("\n").at(-1) ?? "");
  if (counts === null) throw new Error(`${script} ended with exit code ${code} and without a last line "N passed, N failed"`);
  return counted({ passed: Number(counts[1]), failed: Number(counts[2]) }, code);
}

/**
 * @param {Result} result
 * @param {number} code The runner's exit code.
 * @returns {Result}
 */
function counted(result, code) {
  if (result.failed > 0) return result;
  if (result.passed === 0) log("There was not one test.");
  else if (code !== 0) log(`Every test passed, and the runner ended with exit code ${code} all the same.`);
  else return result;
  return { ...result, failed: 1 };
}
