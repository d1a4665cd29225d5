import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "./cacheFolder";

/** Code that no run has wanted for so long is removed. */
const KEPT_MILLISECONDS = 30 * 24 * 3600 * 1000;

/**
 * The flags by which TensorFlow keeps what XLA has compiled: code for this processor by this library, in a folder of the user's cache.
 * Without it every run compiles anew, for seconds.
 *
 * @param library The path of TensorFlow's library.
 * @returns `undefined` where nothing can be kept.
 */
export function xlaCacheFlags(library: string): string | undefined {
  try {
    const { size, mtimeMs } = statSync(library);
    const key = createHash("sha256").update(JSON.stringify([library, size, mtimeMs, process.arch, cpus()[0]?.model]));
    const caches = join(cacheFolder(), "xla");
    const folder = join(caches, key.digest("hex").slice(0, 16));
    mkdirSync(folder, { recursive: true });
    const now = new Date();
    utimesSync(folder, now, now);
    removeOld(caches, now.getTime());
    removeOld(folder, now.getTime());
    return `--tf_xla_persistent_cache_directory=${folder}`;
  } catch {
    return undefined;
  }
}

function removeOld(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (now - statSync(path).mtimeMs > KEPT_MILLISECONDS) rmSync(path, { recursive: true, force: true });
  }
}
