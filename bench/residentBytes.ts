import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Resident memory of a process and all that it started; pages that they share count for each. */
export function residentBytes(root: number): number {
  return sumOver(root, ({ bytes }) => bytes);
}

/** Likewise, but each page counts once: it is divided among the processes that share it (Linux's PSS; elsewhere as above). */
export function proportionalBytes(root: number): number {
  return sumOver(root, ({ pid, bytes }) => {
    try {
      const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
      return kilobytes === undefined ? bytes : 1024 * Number(kilobytes);
    } catch {
      return bytes;
    }
  });
}

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly bytes: number;
}

function sumOver(root: number, measure: (entry: Entry) => number): number {
  const processes = execFileSync("ps", ["-e", "-o", "pid=,ppid=,rss="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, kilobytes = 0]): Entry => ({ pid, parent, bytes: 1024 * kilobytes }));
  const bytesOf = (pid: number): number => {
    const own = processes.filter((entry) => entry.pid === pid).reduce((sum, entry) => sum + measure(entry), 0);
    return processes.filter(({ parent }) => parent === pid).reduce((sum, child) => sum + bytesOf(child.pid), own);
  };
  return bytesOf(root);
}
