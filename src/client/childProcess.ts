import { type ChildProcess as NodeChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import type { ZodMiniType } from "zod/mini";

/** How long a child may take to end by itself after its owner has let go, in milliseconds. */
const GRACE = 2_000;

export interface ChildProcessOptions<Message> {
  /** The absolute path of the child's script. */
  script: string;
  /** What the child sends. Anything else is a fault of the child: it is killed. */
  message: ZodMiniType<Message>;
  /** Node's flags for the child. Default: none, for flags of this process, such as a debugger's, are not the child's. */
  execArgv?: readonly string[] | undefined;
  /** The child's environment. Default: this process's. */
  env?: NodeJS.ProcessEnv | undefined;
  /** Overrides {@link GRACE}: a trainer writes its weights before it ends. */
  grace?: number | undefined;
  onMessage: (message: Message) => void;
  /** Called once, when the child has ended for whatever reason; a child that could not be started counts as ended. */
  onExit: (exit: ChildExit) => void;
  /** A line that the child printed on stdout or stderr. */
  log?: ((line: string) => void) | undefined;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** In words: `the process was killed by SIGKILL`. */
  description: string;
}

/** A Node script that runs as a child of this process and talks in typed messages. It ends when this process lets go of it. */
export class ChildProcess<Request extends object, Message> {
  private readonly process: NodeChildProcess;
  private readonly exit: Promise<void>;
  private readonly grace: number;
  private ended = false;

  constructor(options: ChildProcessOptions<Message>) {
    this.grace = options.grace ?? GRACE;
    this.process = fork(options.script, [], {
      execArgv: [...(options.execArgv ?? [])],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: { ...(options.env ?? process.env), ELECTRON_RUN_AS_NODE: "1" },
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on("line", (line) => options.log?.(line));
    }
    this.process.on("message", (raw) => {
      const decoded = options.message.safeParse(raw);
      if (decoded.success) {
        options.onMessage(decoded.data);
      } else {
        options.log?.(`${options.script} sent a message that is not part of the protocol: ${decoded.error.message}`);
        this.kill();
      }
    });
    this.exit = new Promise((resolve) => {
      const end = (exit: ChildExit): void => {
        this.ended = true;
        resolve();
        options.onExit(exit);
      };
      // The last messages may still be under way when the process has ended; the channel closes after them.
      const closed = new Promise((close) => this.process.once("disconnect", close));
      this.process.once("exit", (code, signal) => {
        void closed.then(() => end({ code, signal, description: describeExit(code, signal) }));
      });
      this.process.on("error", (error) => {
        if (this.process.pid === undefined)
          end({ code: null, signal: null, description: `the process could not be started: ${error.message}` });
        else options.log?.(error.message);
      });
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Sends a request; without effect after the child's end, which `onExit` has told. */
  send(request: Request): void {
    if (this.process.connected) this.process.send(request, () => undefined);
  }

  kill(): void {
    this.process.kill("SIGKILL");
  }

  /** Lets go of the child, which ends itself and whatever it started; one that does not is killed. Resolves when it has ended. */
  async dispose(): Promise<void> {
    if (this.ended) return;
    if (this.process.connected) this.process.disconnect();
    const timer = setTimeout(() => this.kill(), this.grace);
    await this.exit;
    clearTimeout(timer);
  }
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `the process was killed by ${signal}`;
  return code === 0 ? "the process ended" : `the process ended with exit code ${code ?? "unknown"}`;
}
