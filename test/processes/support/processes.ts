import { readFileSync, readdirSync } from "node:fs";

/** Whether a process exists, zombies left out. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^State:\s+Z/m.test(readStatus(pid));
}

/** The processes that a process started, and those that they started. */
export function descendants(pid: number): number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(/^PPid:\s+(\d+)/m.exec(readStatus(Number(name)))?.[1]) }));
  const childrenOf = (parent: number): number[] => parents.filter((entry) => entry.parent === parent).map((entry) => entry.pid);
  return childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
}

/** Resolves when none of the processes runs any more; the test's own time limit ends the wait. */
export async function untilEnded(pids: readonly number[]): Promise<void> {
  await waitFor(() => (pids.some(isRunning) ? undefined : true));
}

/** Asks again and again until there is an answer; the test's own time limit ends the wait. */
export async function waitFor<T>(find: () => T | undefined): Promise<T> {
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function isEvaluator(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("evaluator.js");
  } catch {
    return false;
  }
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
