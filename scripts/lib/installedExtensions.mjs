import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Makes a folder hold one installed extension: one that stays where it was built. Unlike an extension under development
 * it survives a reload of the window and needs no special address.
 *
 * @param {string} extensionsFolder The server's `--extensions-dir`.
 * @param {string} extension The folder of the extension's package.json, absolute.
 */
export async function installInPlace(extensionsFolder, extension) {
  const { publisher, name, version } = JSON.parse(await readFile(join(extension, "package.json"), "utf8"));
  const entry = {
    identifier: { id: `${publisher}.${name}` },
    version,
    location: { $mid: 1, path: extension, scheme: "file" },
    metadata: { installedTimestamp: 0, pinned: true, source: "vsix" },
  };
  await mkdir(extensionsFolder, { recursive: true });
  await writeFile(join(extensionsFolder, "extensions.json"), JSON.stringify([entry]));
}
