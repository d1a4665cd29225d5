/** Calls an action at most once an interval: at once after a pause, otherwise when the interval is over. */
export class Throttle {
  #timer: NodeJS.Timeout | undefined;
  #requested = false;

  constructor(
    private readonly action: () => void,
    /** Milliseconds. */
    private readonly interval: number,
  ) {}

  request(): void {
    this.#requested = true;
    if (this.#timer === undefined) this.#run();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#requested = false;
  }

  #run(): void {
    this.#timer = undefined;
    if (!this.#requested) return;
    this.#requested = false;
    this.#timer = setTimeout(() => this.#run(), this.interval);
    this.action();
  }
}
