import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ensureInstalled } from "./cache.mjs";
import { run } from "./processes.mjs";
import { SetupError } from "./steps.mjs";

export const CODE_SERVER_VERSION = "4.139.1";

const SERVER = "node_modules/code-server/lib/vscode";

/** @type {import("./cache.mjs").Part} */
const part = {
  title: `VS Code (code-server ${CODE_SERVER_VERSION})`,
  name: "code-server",
  version: CODE_SERVER_VERSION,
  files: [`${SERVER}/out/server-main.js`, `${SERVER}/extensions/node_modules/typescript/lib/tsserver.js`],
  async install(folder) {
    await npmInstall(folder, `code-server@${CODE_SERVER_VERSION}`);
    // The package's own install script would do these two, and compile the terminal's native parts besides.
    await npmInstall(join(folder, SERVER));
    await npmInstall(join(folder, SERVER, "extensions"));
  },
  async verify(folder) {
    const { version } = JSON.parse(await readFile(join(folder, SERVER, "../../package.json"), "utf8"));
    if (version !== CODE_SERVER_VERSION) {
      throw new Error(`expected code-server ${CODE_SERVER_VERSION}, received ${version}`);
    }
  },
};

/**
 * Makes sure that the VS Code server which the npm package code-server carries is in the cache.
 *
 * @returns {Promise<string>} The server's script, to be run by Node 24.
 */
export async function ensureCodeServer() {
  return join(await ensureInstalled(part), SERVER, "out/server-main.js");
}

/**
 * @param {string} folder
 * @param {readonly string[]} packages None: those that the folder's package.json names.
 */
async function npmInstall(folder, ...packages) {
  await mkdir(folder, { recursive: true });
  if (packages.length > 0) await writeFile(join(folder, "package.json"), "{}\n");
  const args = ["install", ...packages, "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  try {
    await run("npm", args, { cwd: folder });
  } catch (cause) {
    throw new SetupError("VS Code could not be had from the npm registry", {
      tried: [`npm ${args.join(" ")} in ${folder}`],
      todo: "check that `npm ping` answers and that 1 GB of disk is free (`df -h`), and start again.",
      cause,
    });
  }
}
