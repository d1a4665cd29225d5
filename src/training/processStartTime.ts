import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** When a process started, as the system tells it; `undefined` where it does not (Windows) or the process is gone. */
export function processStartTime(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name before it, in parentheses, may hold spaces; the start time is the 22nd field.
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    }
    if (process.platform === "darwin")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    // Gone meanwhile.
  }
  return undefined;
}
