import { delimiter, join } from "node:path";
import { exists } from "./cache.mjs";

/**
 * Finds a program as a shell would.
 *
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
export async function onPath(name) {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    if (folder !== "" && (await exists(join(folder, name)))) return join(folder, name);
  }
  return undefined;
}
