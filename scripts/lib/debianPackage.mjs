import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./processes.mjs";

/**
 * Downloads a package of Debian or Ubuntu and copies a folder out of it, without installing it and without being root.
 *
 * @param {string} name
 * @param {string} path The folder in the package.
 * @param {string} folder Where to.
 */
export async function unpackDebianPackage(name, path, folder) {
  const temporary = await mkdtemp(join(folder, ".deb-"));
  try {
    await downloadPackage(name, temporary);
    const [file = ""] = await readdir(temporary);
    const unpacked = join(temporary, "unpacked");
    await run("dpkg-deb", ["-x", join(temporary, file), unpacked]);
    await cp(join(unpacked, path), folder, { recursive: true });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function downloadPackage(name, folder) {
  const download = () => run("apt-get", ["download", name], { cwd: folder });
  try {
    await download();
  } catch (error) {
    // A fresh image has no package lists; only root may fetch them.
    if (process.getuid?.() !== 0) throw error;
    await run("apt-get", ["update"]);
    await download();
  }
}
