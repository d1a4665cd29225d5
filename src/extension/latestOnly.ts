/**
 * Runs a task for the newest state only: one run at a time, and however often it is asked for meanwhile, one more when that has ended. A run
 * that keeps a newer one waiting longer than `patience` milliseconds is aborted.
 */
export class LatestOnly<T> {
  #current: Promise<T> | undefined;
  #abort = new AbortController();
  #next: Promise<T> | undefined;
  #disposed = false;

  constructor(
    private readonly task: (signal: AbortSignal) => Promise<T>,
    private readonly patience: number,
  ) {}

  /** The outcome of a run that began after this call. */
  run(): Promise<T> {
    if (this.#next !== undefined) return this.#next;
    if (this.#current === undefined) return this.#start();
    return (this.#next = this.#startAfter(this.#current));
  }

  /** Resolves, whatever the outcome, when nothing runs or waits. */
  async idle(): Promise<void> {
    for (let pending = this.#next ?? this.#current; pending; pending = this.#next ?? this.#current) {
      await pending.catch(() => undefined);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#abort.abort();
  }

  async #startAfter(current: Promise<T>): Promise<T> {
    const impatient = setTimeout(() => this.#abort.abort(), this.patience);
    await current.catch(() => undefined);
    clearTimeout(impatient);
    this.#next = undefined;
    return this.#start();
  }

  async #start(): Promise<T> {
    if (this.#disposed) throw new DOMException("The file was closed.", "AbortError");
    const { signal } = (this.#abort = new AbortController());
    this.#current = this.task(signal);
    try {
      return await this.#current;
    } catch (error) {
      // Whoever asked for an aborted run wants the newer state's outcome all the more.
      if (signal.aborted && this.#next !== undefined) return await this.#next;
      throw error;
    } finally {
      if (this.#abort.signal === signal) this.#current = undefined;
    }
  }
}
