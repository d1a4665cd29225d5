import { type ChildProcess, spawn } from "node:child_process";

/** A program and how it is started. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** How much of what a process printed on stderr is kept, in characters. */
const LOG_TAIL = 2000;

export interface OwnedProcess {
  readonly child: ChildProcess;
  /** The last it printed on stderr. */
  readonly log: () => string;
  /** Ends it with everything it started, at once. */
  readonly kill: () => void;
}

/** Starts a process that ends with this one, in a group of its own, so that what it starts ends with it. */
export function startOwned({ program, args, env }: Command): OwnedProcess {
  const ownGroup = process.platform !== "win32";
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: "pipe", detached: ownGroup });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-LOG_TAIL)));
  // A process that has ended reads no more; that it has ended is told by "close".
  child.stdin.on("error", () => undefined);
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (ownGroup) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  };
  process.once("exit", kill);
  child.once("close", () => process.off("exit", kill));
  return { child, log: () => log, kill };
}
