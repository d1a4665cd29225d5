import type { RunEvent, TrainerMessage } from "../protocol";

/** Milliseconds for which events are collected: at most 20 messages a second. */
const INTERVAL = 50;

/** Sends events in batches, in order. */
export class EventBatch {
  private events: RunEvent[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly send: (message: TrainerMessage) => void) {}

  add(...events: readonly RunEvent[]): void {
    this.events.push(...events);
    this.timer ??= setTimeout(() => this.flush(), INTERVAL);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.events.length === 0) return;
    this.send({ type: "events", events: this.events });
    this.events = [];
  }
}
