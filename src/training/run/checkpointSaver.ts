import type { Checkpoints, Position } from "../loop/position";

/** Milliseconds of training between two checkpoints at epochs' ends; within an epoch it is the option's. */
const EPOCH_INTERVAL = 1_000;
/** Noting the state takes at most this share of the time. */
const LARGEST_SHARE = 0.05;

export interface CheckpointSaverOptions {
  /** Milliseconds of training between two checkpoints. */
  readonly interval: number;
  /** The state as it now is. */
  readonly read: (position: Position) => Uint8Array;
  readonly write: (content: Uint8Array) => Promise<void>;
}

/** Saves checkpoints while the training goes on, never two at once. */
export class CheckpointSaver implements Checkpoints {
  private lastSaved = performance.now();
  private interval: number;
  private writing: Promise<void> | undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly options: CheckpointSaverOptions) {
    this.interval = options.interval;
  }

  isDue(at: "step" | "epoch" | "stop"): boolean {
    if (this.failure !== undefined) throw this.failure.error;
    if (at === "stop") return true;
    const pause = performance.now() - this.lastSaved;
    return this.writing === undefined && pause >= (at === "epoch" ? Math.min(this.interval, EPOCH_INTERVAL) : this.interval);
  }

  save(position: Position): void {
    const begin = performance.now();
    const content = this.options.read(position);
    this.lastSaved = performance.now();
    this.interval = Math.max(this.options.interval, (this.lastSaved - begin) / LARGEST_SHARE);
    const writing: Promise<void> = this.writeAfter(this.writing, content).finally(() => {
      if (this.writing === writing) this.writing = undefined;
    });
    this.writing = writing;
  }

  /** Resolves when nothing is being written any more. @throws what went wrong. */
  async finish(): Promise<void> {
    await this.writing;
    if (this.failure !== undefined) throw this.failure.error;
  }

  private async writeAfter(former: Promise<void> | undefined, content: Uint8Array): Promise<void> {
    try {
      await former;
      await this.options.write(content);
    } catch (error) {
      this.failure ??= { error };
    }
  }
}
