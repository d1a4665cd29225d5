import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startTrainer, type TrainerHandle } from "../../../src/client";
import type { EndEvent, RunEvent, TrainerMessage, TrainOptions } from "../../../src/protocol";
import { waitFor } from "./processes";

export const TRAINER = fileURLToPath(new URL("../../../dist/trainer.js", import.meta.url));

/** A training as a test follows it. */
export class ObservedTraining {
  readonly messages: TrainerMessage[] = [];
  readonly log: string[] = [];
  private readonly listeners = new Set<() => void>();
  readonly handle: TrainerHandle;

  /** @param folder Holds the cache, so that runs of other tests do not hold the device. */
  constructor(folder: string, options: Pick<TrainOptions, "file"> & Partial<TrainOptions>, env: NodeJS.ProcessEnv = {}) {
    const cache = join(folder, "cache");
    mkdirSync(cache, { recursive: true });
    this.handle = startTrainer({
      script: TRAINER,
      options: { engine: "cpu", jit: "auto", runsFolder: join(folder, ".layerwise/runs"), ...options },
      env: { ...process.env, XDG_CACHE_HOME: cache, ...env },
      onMessage: (message) => {
        this.messages.push(message);
        for (const listener of this.listeners) listener();
      },
      log: (line) => this.log.push(line),
    });
  }

  get events(): RunEvent[] {
    return this.messages.flatMap((message) => (message.type === "events" ? message.events : []));
  }

  first<Kind extends RunEvent["event"]>(kind: Kind): Extract<RunEvent, { event: Kind }> | undefined {
    return this.events.find((event): event is Extract<RunEvent, { event: Kind }> => event.event === kind);
  }

  until<Kind extends RunEvent["event"]>(kind: Kind): Promise<Extract<RunEvent, { event: Kind }>> {
    return waitFor(() => this.first(kind));
  }

  /** Resolves as soon as the events that have been told make a condition true. */
  untilTold(isTold: (events: readonly RunEvent[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const listener = (): void => {
        if (!isTold(this.events)) return;
        this.listeners.delete(listener);
        resolve();
      };
      this.listeners.add(listener);
      listener();
    });
  }

  /** The end, once the process is gone. */
  async ended(): Promise<EndEvent> {
    await this.handle.exited;
    const end = this.events.at(-1);
    if (end?.event !== "end")
      throw new Error(`expected an end, received ${JSON.stringify(this.messages.slice(-3))}; ${this.log.join("\n")}`);
    return end;
  }
}
