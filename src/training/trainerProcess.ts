import { listEngines } from "../engine";
import { type EndEvent, type TrainerMessage, TrainerRequest, type TrainOptions } from "../protocol";
import { messageOf, UsageError } from "./errors";
import { EventBatch } from "./eventBatch";
import { endWithOwner } from "./endWithOwner";
import { train } from "./train";

/** How long the weights may take to be written after the owner has let go, in milliseconds. */
const GRACE = 10_000;

/** Why a training is to end; not an error. */
class Stop extends Error {}

/** The trainer as a process: one training, told of by messages to its owner. It exits after `end` or `refused`. */
export class TrainerProcess {
  private readonly stop = new AbortController();
  private readonly events: EventBatch;
  private started = false;
  private ended = false;
  /** Messages that the system has not taken over yet. */
  private unsent = 0;
  /** Whoever waits until there are none. */
  private waiting: (() => void)[] = [];

  constructor(private readonly process: NodeJS.Process) {
    this.events = new EventBatch((message) => this.send(message));
  }

  start(): void {
    const { process } = this;
    endWithOwner(process.ppid, GRACE);
    process.on("message", (raw) => this.receive(raw));
    // The owner is gone: what is trained is kept, and nothing is left behind.
    process.once("disconnect", () => {
      setTimeout(() => process.exit(1), GRACE).unref();
      this.endWaiting();
      this.requestStop();
    });
    process.once("SIGTERM", () => this.requestStop());
    // Ctrl-C in a terminal reaches the whole group; the owner decides.
    process.on("SIGINT", () => undefined);
    process.on("uncaughtException", (error) => this.fail(error));
    process.on("unhandledRejection", (reason) => this.fail(reason));
  }

  private receive(raw: unknown): void {
    const request = TrainerRequest.safeParse(raw);
    if (!request.success)
      this.fail(new Error(`The trainer received a message that is not part of the protocol: ${request.error.message}`));
    else if (request.data.type === "stop") this.requestStop();
    else if (!this.started) void (request.data.type === "train" ? this.train(request.data.options) : this.listEngines());
  }

  private requestStop(): void {
    this.stop.abort(new Stop("stopped"));
    if (!this.started) this.finish(undefined);
  }

  private async train(options: TrainOptions): Promise<void> {
    this.started = true;
    try {
      const end = await train(options, {
        signal: this.stop.signal,
        emit: (...events) => this.events.add(...events),
        flush: () => this.flush(),
        output: (text) => this.send({ type: "output", text }),
        queued: (message) => this.send({ type: "queued", message }),
      });
      this.end(end);
    } catch (error) {
      if (error instanceof UsageError) this.finish({ type: "refused", message: error.message });
      else this.fail(error);
    }
  }

  private async listEngines(): Promise<void> {
    this.started = true;
    try {
      this.finish({ type: "engines", engines: await listEngines() });
    } catch (error) {
      this.finish({ type: "refused", message: messageOf(error) });
    }
  }

  private fail(error: unknown): void {
    this.end({
      event: "end",
      reason: "failed",
      testLoss: null,
      test: null,
      best: null,
      seconds: this.process.uptime(),
      error: messageOf(error),
    });
  }

  private end(event: EndEvent): void {
    if (this.ended) return;
    this.events.add(event);
    this.finish(undefined);
  }

  private finish(message: TrainerMessage | undefined): void {
    if (this.ended) return;
    this.ended = true;
    this.events.flush();
    if (message !== undefined) this.send(message);
    this.exitWhenSent();
  }

  private flush(): Promise<void> {
    this.events.flush();
    if (this.unsent === 0 || !this.process.connected) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private endWaiting(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private send(message: TrainerMessage): void {
    const { process } = this;
    if (!process.connected) return;
    this.unsent++;
    process.send?.(message, undefined, undefined, () => {
      this.unsent--;
      if (this.unsent === 0) this.endWaiting();
      this.exitWhenSent();
    });
  }

  private exitWhenSent(): void {
    if (this.ended && (this.unsent === 0 || !this.process.connected)) this.process.exit(0);
  }
}
