import { systemCode } from "./errors";
import { processStartTime } from "./processStartTime";

/** `pid start`: a process id alone is used again. */
export function processIdentity(pid: number): string {
  return `${pid} ${processStartTime(pid) ?? "unknown"}`;
}

/** The id of the process that an identity names, while that runs. */
export function liveProcess(identity: string): number | undefined {
  const pid = Number.parseInt(identity, 10);
  return isRunning(pid) && processIdentity(pid) === identity ? pid : undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
