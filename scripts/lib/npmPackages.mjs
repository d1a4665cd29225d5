import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheRoot } from "./cache.mjs";
import { withLock } from "./lock.mjs";
import { run } from "./processes.mjs";
import { SetupError, step } from "./steps.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/**
 * Makes sure that `node_modules` holds what package-lock.json says.
 *
 * @param {string} root The checkout.
 */
export async function ensureNpmPackages(root) {
  if (await isCurrent(root)) return;
  const checkout = createHash("sha256").update(root).digest("hex").slice(0, 16);
  await withLock(join(cacheRoot(), "locks", checkout), "the npm packages", async () => {
    if (!(await isCurrent(root))) await step("Installing npm packages", () => install(root));
  });
}

/** @param {string} root */
async function install(root) {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  try {
    await run("npm", args, { cwd: root });
  } catch (cause) {
    throw new SetupError("The npm packages could not be installed", {
      tried: [`npm ${args.join(" ")} in ${root}`],
      todo: "check that `npm ping` answers and that package.json and package-lock.json agree, and start again.",
      cause,
    });
  }
}

/**
 * npm writes down what it installed when it is done, so an installation that broke off does not compare equal.
 *
 * @param {string} root
 */
async function isCurrent(root) {
  try {
    const wanted = await lockedPackages(join(root, "package-lock.json"));
    const installed = await lockedPackages(join(root, "node_modules/.package-lock.json"));
    const missing = Object.entries(wanted).some(
      ([path, { version, optional }]) =>
        path !== "" && installed[path]?.version !== version && !(optional && installed[path] === undefined),
    );
    return !missing && Object.keys(installed).every((path) => path in wanted);
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @returns {Promise<LockedPackages>}
 */
async function lockedPackages(file) {
  return JSON.parse(await readFile(file, "utf8")).packages;
}
