/** How long the loop may keep messages waiting, in milliseconds: a stop takes effect at once. */
const PATIENCE = 10;

/** Lets a long computation give way to waiting messages now and then. */
export class Pace {
  private last = performance.now();

  /** @throws the signal's reason when aborted. */
  async giveWay(signal: AbortSignal): Promise<void> {
    if (performance.now() - this.last >= PATIENCE) {
      await new Promise(setImmediate);
      this.last = performance.now();
    }
    signal.throwIfAborted();
  }
}
