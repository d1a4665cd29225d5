import { mkdir, rm, stat, utimes } from "node:fs/promises";
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "./steps.mjs";

/** How often a holder shows that it is alive, and after how long without that its lock is void; milliseconds. */
const HEARTBEAT = 2_000;
const VOID_AFTER = 20_000;
const POLL = 250;

/**
 * Runs an action while no other process runs one for the same path. The lock is a folder beside the path: making one is
 * atomic on every file system, and its age works across containers that share a cache, which a process id does not.
 *
 * @template T
 * @param {string} path
 * @param {string} title What is waited for, where another process holds the lock.
 * @param {() => Promise<T>} action
 */
export async function withLock(path, title, action) {
  const lock = `${path}.lock`;
  await mkdir(dirname(lock), { recursive: true });
  for (let told = false; !(await take(lock));) {
    if (!told) log(`› Waiting for another process that installs ${title}`);
    told = true;
    await delay(POLL);
  }
  const heartbeat = setInterval(() => void touch(lock), HEARTBEAT);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once("exit", release);
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    process.off("exit", release);
    release();
  }
}

/** @param {string} lock */
async function take(lock) {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
  if (Date.now() - mtimeMs > VOID_AFTER) await rm(lock, { recursive: true, force: true });
  return false;
}

/** @param {string} lock */
async function touch(lock) {
  const now = new Date();
  await utimes(lock, now, now).catch(() => undefined);
}
