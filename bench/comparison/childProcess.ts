import type { ChildProcess } from "node:child_process";
import { killTree, start } from "../../scripts/lib/processes.mjs";

/** A program and how it is started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** How much of what a process printed on stderr is kept, in characters. */
const LOG_TAIL = 2000;

export interface PipedProcess {
  readonly child: ChildProcess;
  /** The last it printed on stderr. */
  readonly log: () => string;
  /** Ends it with everything it started, at once. */
  readonly kill: () => void;
}

/** Starts a process whose input and output are pipes, and that ends with this one. */
export function startPiped({ program, args, env }: Command): PipedProcess {
  const child = start(program, args, { env: { ...process.env, ...env }, stdio: "pipe" });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-LOG_TAIL)));
  // A process that has ended reads no more; that it has ended is told by "close".
  child.stdin?.on("error", () => undefined);
  return { child, log: () => log, kill: () => killTree(child, "SIGKILL") };
}
