import { createInterface } from "node:readline";
import { type Command, type PipedProcess, startPiped } from "./childProcess";
import { Reply, type Request } from "./protocol";

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process that trains. It starts with its first request, and anew where it has ended. */
export class Worker {
  private process: PipedProcess | undefined;
  private pending: Pending | undefined;

  constructor(private readonly command: Command) {}

  /**
   * Sends a request and waits for its reply; one at a time.
   *
   * @throws Error with the process's reason, or because it ended or took longer than `timeLimit` milliseconds; then it is killed.
   */
  async request(request: Request, timeLimit: number): Promise<unknown> {
    if (this.pending !== undefined) throw new Error("A worker takes one request at a time.");
    const { child } = (this.process ??= this.start());
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

  dispose(): void {
    this.process?.kill();
    this.process = undefined;
  }

  private start(): PipedProcess {
    const started = startPiped(this.command);
    const { child, log } = started;
    if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => this.receive(line));
    const end = (reason: string): void => {
      if (this.process !== started) return;
      this.process = undefined;
      this.settle()?.reject(new Error(`${reason}\n${log()}`));
    };
    child.once("error", (error) => end(`${this.command.program} could not be started: ${error.message}`));
    child.once("close", (code, signal) => end(`the process ended with ${signal ?? `exit code ${String(code)}`}`));
    return started;
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
