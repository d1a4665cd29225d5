import type { ModelCheckpointOptions } from "../../dsl/callbacks";
import type { Logs } from "../loop/logs";
import type { CallbackContext, EpochCallback } from "./index";
import { Monitor, monitoredName, MonitorState } from "./monitor";

/**
 * Keeps the weights of each epoch, or of the best, in the run's folder; at the end it rolls back to the best.
 * https://keras.io/api/callbacks/model_checkpoint/
 */
export class ModelCheckpoint implements EpochCallback {
  private readonly monitor: Monitor;
  private readonly saveBestOnly: boolean;

  constructor(
    options: ModelCheckpointOptions,
    private readonly context: CallbackContext,
  ) {
    this.monitor = new Monitor(monitoredName("modelCheckpoint", options.monitor, context.available), options.mode);
    this.saveBestOnly = options.saveBestOnly ?? false;
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const { name } = this.monitor;
    const value = logs.get(name) ?? Number.NaN;
    const improved = this.monitor.improves(value);
    if (this.saveBestOnly && !improved) return;
    await this.context.saveCheckpoint(this.saveBestOnly ? this.bestName : `epoch-${String(epoch).padStart(4, "0")}`, name, value);
  }

  get state(): MonitorState {
    return this.monitor.state;
  }

  restore(state: unknown): void {
    this.monitor.restore(MonitorState.parse(state));
  }

  async onTrainingEnd(): Promise<void> {
    if (this.saveBestOnly && this.monitor.best !== undefined) await this.context.restoreCheckpoint(this.bestName);
  }

  private get bestName(): string {
    return `best-${this.monitor.name}`;
  }
}
