import type { ChildExit, TrainerHandle } from "../../client";
import type { RunEvent, RunHistory, RunListItem, TrainerMessage } from "../../protocol";
import { describeProgress, headline, isActive, newHistory, recordEvent, type RunStart } from "./runHistory";

/** A trainer's process, as the run needs it. */
export type Trainer = Pick<TrainerHandle, "pid" | "stop" | "exited" | "dispose">;

export type StartTrainer = (onMessage: (message: TrainerMessage) => void) => Trainer;

/** How a run came to its end. */
export type Outcome =
  | { readonly kind: "ended" }
  /** No run was made. */
  | { readonly kind: "refused"; readonly message: string }
  /** The trainer did not end by itself. */
  | { readonly kind: "died"; readonly message: string };

/** What a run tells its listener. */
export interface RunChange {
  readonly run: TrainingRun;
  readonly events: readonly RunEvent[];
}

/** One training under way: its trainer, and the history of what that told. */
export class TrainingRun {
  readonly history: RunHistory;
  /** ISO 8601: of a resumed run, when it first started. */
  readonly startedAt: string;
  readonly outcome: Promise<Outcome>;
  readonly #trainer: Trainer;
  readonly #launched = performance.now();
  /** Whether the trainer has made or opened the run's folder. */
  #begun = false;
  #refusal: string | undefined;
  #stopping = false;

  constructor(
    /** The name by which the run goes until the trainer has given it one. */
    private readonly start: RunStart,
    startTrainer: StartTrainer,
    private readonly onChange: (change: RunChange) => void,
    private readonly onOutput: (text: string) => void,
  ) {
    this.history = newHistory(start);
    this.startedAt = start.startedAt ?? new Date().toISOString();
    this.#trainer = startTrainer((message) => this.#receive(message));
    this.outcome = this.#trainer.exited.then((exit) => this.#conclude(exit));
  }

  get pid(): number | undefined {
    return this.#trainer.pid;
  }

  get begun(): boolean {
    return this.#begun;
  }

  get isActive(): boolean {
    return isActive(this.history.state);
  }

  get listItem(): RunListItem {
    const { run, model, state } = this.history;
    return { run, model, startedAt: this.startedAt, state, headline: headline(this.history) };
  }

  isNamed(run: string): boolean {
    return run === this.history.run || run === this.start.run;
  }

  /** The weights that it has by then are kept. */
  stop(): void {
    this.#stopping = true;
    this.#trainer.stop();
  }

  async dispose(): Promise<void> {
    this.#stopping = true;
    await this.#trainer.dispose();
  }

  #receive(message: TrainerMessage): void {
    switch (message.type) {
      case "queued":
        this.history.state = "queued";
        this.onOutput(message.message);
        this.onChange({ run: this, events: [] });
        break;
      case "events":
        for (const event of message.events) {
          this.#begun ||= event.event === "start";
          recordEvent(this.history, event);
        }
        this.onChange({ run: this, events: message.events });
        break;
      case "output":
        this.onOutput(message.text);
        break;
      case "refused":
        this.#refusal = message.message;
        break;
    }
  }

  #conclude({ code, signal, description }: ChildExit): Outcome {
    const { end, model } = this.history;
    if (this.#refusal !== undefined) {
      this.#end("failed", this.#refusal);
      return { kind: "refused", message: this.#refusal };
    }
    if (end !== null && end.reason !== "failed") return { kind: "ended" };
    const died = signal !== null || code !== 0;
    if (died) {
      const how = description.replace(/^the process (was )?/, "");
      const message = `Training of ${model} ended unexpectedly (${how}) ${describeProgress(this.history)}.`;
      this.#end("failed", message);
      return { kind: "died", message };
    }
    // Stopped before it had begun.
    if (this.#stopping && !this.#begun) this.#end("stopped", undefined);
    return { kind: "ended" };
  }

  /** Says for the trainer what it could not say itself. */
  #end(reason: "failed" | "stopped", error: string | undefined): void {
    const seconds = (performance.now() - this.#launched) / 1000;
    this.#receive({ type: "events", events: [{ event: "end", reason, testLoss: null, test: null, best: null, seconds, error }] });
  }
}
