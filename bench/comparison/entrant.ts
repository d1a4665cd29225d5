import { median } from "../statistics";
import type { Candidate } from "./columns";
import { Prepared, Round } from "./protocol";

/** Compiling takes its time; a process that has not answered by then is taken to hang. Milliseconds. */
const PREPARATION_LIMIT = 240_000;
const ROUND_LIMIT = 60_000;

/** A candidate on one workload. What it fails at it says, and takes no further part. */
export class Entrant {
  /** What it chose by itself; "" where it had no choice. */
  choice = "";
  private readonly rounds: number[] = [];
  private reason: string | undefined;

  constructor(
    readonly candidate: Candidate,
    private readonly workload: string,
  ) {}

  /** Milliseconds per step, one value a round. */
  get milliseconds(): readonly number[] {
    return this.rounds;
  }

  get failure(): string | undefined {
    return this.reason;
  }

  /** Infinite for one that failed. */
  get median(): number {
    return this.reason === undefined ? median(this.rounds) : Infinity;
  }

  async prepare(): Promise<void> {
    const { name, worker, variant } = this.candidate;
    await this.attempt(async () => {
      const request = { command: "prepare", contender: name, workload: this.workload, variant } as const;
      this.choice = Prepared.parse(await worker.request(request, PREPARATION_LIMIT)).choice ?? "";
    });
  }

  async round(milliseconds: number): Promise<void> {
    const { name, worker } = this.candidate;
    await this.attempt(async () => {
      const request = { command: "round", contender: name, milliseconds } as const;
      const round = Round.parse(await worker.request(request, ROUND_LIMIT));
      this.rounds.push(round.milliseconds / round.steps);
    });
  }

  async release(): Promise<void> {
    const { name, worker } = this.candidate;
    await this.attempt(() => worker.request({ command: "release", contender: name }, ROUND_LIMIT));
  }

  forgetRounds(): void {
    this.rounds.length = 0;
  }

  private async attempt(action: () => Promise<unknown>): Promise<void> {
    if (this.reason !== undefined) return;
    try {
      await action();
    } catch (error) {
      this.reason = error instanceof Error ? error.message : String(error);
    }
  }
}
