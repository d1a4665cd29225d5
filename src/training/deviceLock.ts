import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { cacheFolder } from "../engine/cacheFolder";
import { messageOf, systemCode, TrainingError } from "./errors";
import { liveProcess, processIdentity } from "./processIdentity";

/** Milliseconds between two looks at a lock that another process holds. */
const POLL = 200;
/** The guard is held, and a lock empty, for a few system calls; an older one was left by a process that died in between. In milliseconds. */
const VOID_AFTER = 10_000;

/** The right to train on a device: one run at a time, over all windows and command lines of a user. */
export interface DeviceLock {
  release(): void;
}

interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once, where another run holds the device. */
  readonly onWait: (holder: number) => void;
}

/**
 * Waits for a device and takes it. The lock is a file that names its holder by process id and start time, so that one left by a dead
 * process is taken over.
 *
 * @throws the signal's reason when aborted while waiting.
 */
export async function lockDevice(device: string, { signal, onWait }: LockOptions): Promise<DeviceLock> {
  const path = join(cacheFolder(), "locks", `${device.replace(/\W+/g, "-").toLowerCase()}.lock`);
  for (let waiting = false; ; waiting = true) {
    signal.throwIfAborted();
    const holder = tryLock(path);
    if (holder === undefined) break;
    if (!waiting) onWait(holder);
    await delay(POLL, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  const release = (): void => {
    process.off("exit", release);
    if (readHolder(path) === processIdentity(process.pid)) rmSync(path, { force: true });
  };
  process.once("exit", release);
  return { release };
}

/** Takes the lock; the process id of the live holder where there is one. */
function tryLock(path: string): number | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (createExclusively(path, processIdentity(process.pid))) return undefined;
    const holder = readHolder(path);
    const pid = holder === undefined ? undefined : liveHolder(holder, path);
    if (pid !== undefined) return pid;
    removeVoid(path);
    return createExclusively(path, processIdentity(process.pid)) ? undefined : (liveHolder(readHolder(path) ?? "", path) ?? 0);
  } catch (error) {
    throw new TrainingError(
      `The lock ${path}, which keeps two runs from one device, could not be made: ${messageOf(error)}. Check the folder's permissions.`,
      {
        cause: error,
      },
    );
  }
}

/** Removes the lock of a dead process. The guard keeps a second process from removing the lock that the first has just taken. */
function removeVoid(path: string): void {
  const guard = `${path}.guard`;
  if (!createExclusively(guard, processIdentity(process.pid))) {
    if (ageOf(guard) > VOID_AFTER) rmSync(guard, { force: true });
    return;
  }
  try {
    const holder = readHolder(path);
    if (holder !== undefined && liveHolder(holder, path) === undefined) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function createExclusively(path: string, content: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, content);
    closeSync(file);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The holder's process id while it runs; 0 where the lock is just being written. */
function liveHolder(holder: string, path: string): number | undefined {
  if (holder !== "") return liveProcess(holder);
  return ageOf(path) > VOID_AFTER ? undefined : 0;
}

/** In milliseconds; 0 where the file is not there any more. */
function ageOf(path: string): number {
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return written === undefined ? 0 : Date.now() - written;
}
