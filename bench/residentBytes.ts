import { execFileSync } from "node:child_process";

/** Resident memory of a process and all that it started; pages that they share count for each. */
export function residentBytes(root: number): number {
  const processes = execFileSync("ps", ["-e", "-o", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kilobytes = 0]) => ({ pid, parent, bytes: 1024 * kilobytes }));
  const bytesOf = (pid: number): number => {
    const own = processes.find((entry) => entry.pid === pid)?.bytes ?? 0;
    return processes.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + bytesOf(child.pid), own);
  };
  return bytesOf(root);
}
