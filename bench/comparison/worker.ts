import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Reply, type Request } from "./protocol";

export interface WorkerCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Beside this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** How much of what a process printed on stderr an error repeats, in characters. */
const LOG_TAIL = 2000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process that trains. It starts with its first request, and anew where it has ended. */
export class Worker {
  private child: ChildProcess | undefined;
  private pending: Pending | undefined;
  private logged = "";

  constructor(private readonly command: WorkerCommand) {}

  /**
   * Sends a request and waits for its reply; one at a time.
   *
   * @throws Error with the process's reason, or because it ended or took longer than `timeLimit` milliseconds; then it is killed.
   */
  async request(request: Request, timeLimit: number): Promise<unknown> {
    if (this.pending !== undefined) throw new Error("A worker takes one request at a time.");
    const child = (this.child ??= this.start());
    const timer = setTimeout(() => {
      this.dispose();
      this.settle()?.reject(new Error(`no answer to "${request.command}" within ${timeLimit / 1000} s`));
    }, timeLimit);
    try {
      return await new Promise((resolve, reject) => {
        this.pending = { resolve, reject };
        child.stdin?.write(`${JSON.stringify(request)}\n`);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process and whatever it started. */
  dispose(): void {
    const { child } = this;
    this.child = undefined;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  }

  private start(): ChildProcess {
    const { program, args, env } = this.command;
    this.logged = "";
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: "pipe",
      // A group of its own, so that what it starts ends with it.
      detached: process.platform !== "win32",
    });
    const kill = (): void => this.dispose();
    process.once("exit", kill);
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.logged = (this.logged + text).slice(-LOG_TAIL)));
    child.stdin.on("error", () => undefined);
    createInterface({ input: child.stdout }).on("line", (line) => this.receive(line));
    const end = (reason: string): void => {
      process.off("exit", kill);
      if (this.child !== child) return;
      this.child = undefined;
      this.settle()?.reject(new Error(`${reason}\n${this.logged}`));
    };
    child.once("error", (error) => end(`${program} could not be started: ${error.message}`));
    child.once("close", (code, signal) => end(`the process ended with ${signal ?? `exit code ${String(code)}`}`));
    return child;
  }

  private receive(line: string): void {
    const pending = this.settle();
    if (pending === undefined) return;
    try {
      const reply = Reply.parse(JSON.parse(line));
      if ("error" in reply) pending.reject(new Error(reply.error));
      else pending.resolve(reply.ok);
    } catch {
      pending.reject(new Error(`it answered ${JSON.stringify(line.slice(0, 200))}; expected {"ok": …} or {"error": "…"}`));
    }
  }

  private settle(): Pending | undefined {
    const { pending } = this;
    this.pending = undefined;
    return pending;
  }
}
