import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Adds an extension to those installed in a folder, while it stays where it was built. Unlike an extension under
 * development it shows as it does to users and needs no special address.
 *
 * @param {string} extensionsFolder The server's `--extensions-dir`.
 * @param {string} extension The folder of the extension's package.json, absolute.
 */
export async function installInPlace(extensionsFolder, extension) {
  const { publisher, name, version } = JSON.parse(await readFile(join(extension, "package.json"), "utf8"));
  const id = `${publisher}.${name}`;
  const entry = {
    identifier: { id },
    version,
    location: { $mid: 1, path: extension, scheme: "file" },
    metadata: { installedTimestamp: 0, pinned: true, source: "vsix" },
  };
  await mkdir(extensionsFolder, { recursive: true });
  const list = join(extensionsFolder, "extensions.json");
  const others = (await installedExtensions(list)).filter((other) => other.identifier.id !== id);
  await writeFile(list, JSON.stringify([...others, entry]));
}

/**
 * @param {string} list
 * @returns {Promise<readonly { identifier: { id: string } }[]>}
 */
async function installedExtensions(list) {
  try {
    return JSON.parse(await readFile(list, "utf8"));
  } catch {
    return [];
  }
}
