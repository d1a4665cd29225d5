import { randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { withLock } from "./lock.mjs";
import { step } from "./steps.mjs";

/**
 * Something that is downloaded once for every checkout of a user.
 *
 * @typedef {object} Part
 * @property {string} title For progress lines: "TensorFlow 2.21.0".
 * @property {string} name The folder's name inside the cache.
 * @property {string} version
 * @property {readonly string[]} files Relative paths whose presence at their recorded size proves the part whole.
 * @property {(folder: string) => Promise<void>} install Fills an empty folder.
 * @property {(folder: string) => Promise<void>} verify Throws where the folder's content is not what it should be.
 */

const RECORD = ".layerwise.json";

/**
 * The folder of everything that outlives a checkout: `~/Library/Caches/layerwise` on macOS, `%LOCALAPPDATA%\\layerwise` on
 * Windows, elsewhere `$XDG_CACHE_HOME/layerwise`, by default `~/.cache/layerwise`.
 */
export function cacheRoot() {
  return join(userCaches(), "layerwise");
}

function userCaches() {
  if (process.platform === "darwin") return join(homedir(), "Library/Caches");
  if (process.platform === "win32") return process.env["LOCALAPPDATA"] || join(homedir(), "AppData/Local");
  return process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
}

/** @param {Pick<Part, "name" | "version">} part */
export function folderOf(part) {
  return join(cacheRoot(), part.name, part.version);
}

/**
 * Makes sure that a part is in the cache and whole. A part appears there by one rename, so an installation that broke
 * off never looks finished; one that was damaged later is built anew.
 *
 * @param {Part} part
 * @returns {Promise<string>} Its folder.
 */
export async function ensureInstalled(part) {
  const folder = folderOf(part);
  if (await matchesRecord(folder, part)) return folder;
  await withLock(folder, part.title, async () => {
    if ((await matchesRecord(folder, part)) || (await adopt(folder, part))) return;
    await step(`Installing ${part.title}`, () => build(folder, part));
  });
  return folder;
}

/**
 * Takes over a folder that holds the part but no record of it.
 *
 * @param {string} folder
 * @param {Part} part
 */
async function adopt(folder, part) {
  if (await exists(join(folder, RECORD))) return false;
  try {
    await part.verify(folder);
    await record(folder, part);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} folder
 * @param {Part} part
 */
async function build(folder, part) {
  const prefix = `${basename(folder)}.partial-`;
  await removeSiblings(folder, prefix);
  const partial = join(dirname(folder), prefix + randomBytes(4).toString("hex"));
  await mkdir(partial, { recursive: true });
  try {
    await part.install(partial);
    await part.verify(partial);
    await record(partial, part);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} prefix
 */
async function removeSiblings(folder, prefix) {
  const parent = dirname(folder);
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {Part} part
 */
async function record(folder, part) {
  const sizes = await Promise.all(part.files.map(async (file) => [file, (await stat(join(folder, file))).size]));
  await writeFile(join(folder, RECORD), `${JSON.stringify(Object.fromEntries(sizes), null, 2)}\n`);
}

/**
 * @param {string} folder
 * @param {Part} part
 */
async function matchesRecord(folder, part) {
  try {
    const sizes = JSON.parse(await readFile(join(folder, RECORD), "utf8"));
    for (const file of part.files) {
      if ((await stat(join(folder, file))).size !== sizes[file]) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
export async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
