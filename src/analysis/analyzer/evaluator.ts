import { dirname, join } from "node:path";
import { type ChildExit, ChildProcess } from "../../client";
import { Evaluation, EvaluatorMessage, type EvaluatorRequest } from "../evaluation";

/** How long an evaluator may take beyond the time limit before it is killed, in milliseconds; it stops the script by itself. */
const GRACE = 1_000;
/** How long an evaluation that nobody wants any more may still run, in milliseconds: killing costs a new process. */
const ABANDONED_LIMIT = 250;

/** Node's exit code for a flag that it does not know. */
const INVALID_FLAG = 9;

/** In MiB: a model file that fills the memory ends its evaluator, not the machine. */
const HEAP_LIMIT = 1_024;

/** In MiB: a deep model fills it a few times; with a larger one, V8 keeps the realms of many evaluations before it looks for those that are over. */
const NURSERY_LIMIT = 4;

export type EvaluationOutcome =
  | { readonly kind: "evaluated"; readonly evaluation: Evaluation; readonly timedOut: boolean }
  /** It did not end, not even after its time limit. */
  | { readonly kind: "killed" }
  | { readonly kind: "crashed"; readonly reason: string };

type EvaluatorChild = ChildProcess<EvaluatorRequest, EvaluatorMessage>;

interface RunningEvaluation {
  readonly id: number;
  settle(outcome: EvaluationOutcome): void;
}

/** The evaluator as the analyzer sees it: one process that is started anew, ahead of the next request, whenever it had to be killed. */
export class Evaluator {
  private child: EvaluatorChild | undefined;
  private ready: Promise<void> | undefined;
  private running: RunningEvaluation | undefined;
  private nextId = 1;
  private disposed = false;
  private readonly flags: readonly string[];
  /** The names of the permission model's flag that Node may know. */
  private readonly permissionFlags: string[];

  constructor(
    private readonly script: string,
    private readonly log: (line: string) => void,
  ) {
    this.flags = [
      "--disallow-code-generation-from-strings",
      `--max-old-space-size=${HEAP_LIMIT}`,
      `--max-semi-space-size=${NURSERY_LIMIT}`,
      // What one realm has compiled serves the next.
      "--no-flush-bytecode",
      // No realm lives long enough to earn back what V8's slowest compiler takes from the other processor.
      "--no-opt",
      "--no-warnings",
    ];
    this.permissionFlags = ["--permission", "--experimental-permission"].filter((flag) =>
      process.allowedNodeEnvironmentFlags.has(flag),
    );
  }

  /** Starts the process ahead of the first request. */
  async start(): Promise<void> {
    this.ready ??= this.fork().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    await this.ready;
  }

  /** Runs a bundle. One evaluation at a time. @throws when no evaluator can be started. */
  async evaluate(code: string, timeLimit: number, signal: AbortSignal): Promise<EvaluationOutcome> {
    await this.start();
    const id = this.nextId++;
    const started = performance.now();
    let timer = setTimeout(() => this.giveUp(), timeLimit + GRACE);
    const abandon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => this.giveUp(), Math.max(0, ABANDONED_LIMIT - (performance.now() - started)));
    };
    // It may have been aborted while the process started.
    if (signal.aborted) abandon();
    else signal.addEventListener("abort", abandon, { once: true });
    try {
      const outcome = await new Promise<EvaluationOutcome>((settle) => {
        this.running = { id, settle };
        this.child?.send({ id, code, timeLimit });
      });
      if (outcome.kind === "evaluated" && outcome.timedOut) this.restart();
      return outcome;
    } finally {
      this.running = undefined;
      clearTimeout(timer);
      signal.removeEventListener("abort", abandon);
    }
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.child?.kill();
    await this.child?.dispose();
  }

  private giveUp(): void {
    this.running?.settle({ kind: "killed" });
    this.restart();
  }

  private restart(): void {
    this.child?.kill();
    this.child = undefined;
    if (this.disposed) return;
    this.ready = undefined;
    // Whoever asks next hears of a failure.
    this.start().catch(() => undefined);
  }

  /** Resolves when the process has a warm realm. Where Node does not know the permission model, it runs without. */
  private async fork(): Promise<void> {
    for (;;) {
      const [permission] = this.permissionFlags;
      const protection = permission === undefined ? [] : [permission, `--allow-fs-read=${join(dirname(this.script), "*")}`];
      const flags = [...protection, ...this.flags];
      const exit = await this.forkWith(flags);
      if (exit === undefined || this.disposed) return;
      this.log(`The evaluator does not start with [${flags.join(" ")}]: ${exit.description}.`);
      // Any other end says nothing about the flags: protection is not given up for that.
      if (permission === undefined || exit.code !== INVALID_FLAG) {
        throw new Error(
          `The evaluator, which runs model files, cannot be started: ${exit.description}. The log says more; the next analysis tries again.`,
        );
      }
      this.permissionFlags.shift();
    }
  }

  private forkWith(flags: readonly string[]): Promise<ChildExit | undefined> {
    return new Promise((resolve) => {
      let ready = false;
      const child: EvaluatorChild = new ChildProcess({
        script: this.script,
        message: EvaluatorMessage,
        execArgv: flags,
        env: minimalEnvironment(),
        log: this.log,
        onMessage: (message) => {
          if (message.type !== "ready") {
            if (child === this.child) this.receive(message);
            return;
          }
          ready = true;
          resolve(undefined);
        },
        onExit: (exit) => {
          resolve(exit);
          if (ready && child === this.child) this.onExit(exit);
        },
      });
      this.child = child;
    });
  }

  private receive(message: Exclude<EvaluatorMessage, { type: "ready" }>): void {
    if (message.id !== this.running?.id) return;
    if (message.type === "failed") {
      this.running.settle({ kind: "crashed", reason: message.message });
    } else {
      const evaluation = Evaluation.safeParse(parseJson(message.result));
      this.running.settle(
        evaluation.success
          ? { kind: "evaluated", evaluation: evaluation.data, timedOut: message.timedOut }
          : { kind: "crashed", reason: "its result is not one" },
      );
    }
  }

  private onExit({ description }: ChildExit): void {
    this.child = undefined;
    this.ready = undefined;
    this.running?.settle({ kind: "crashed", reason: description });
  }
}

/** A model file has no business with this process's environment. Windows needs its own folder to start anything. */
function minimalEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
