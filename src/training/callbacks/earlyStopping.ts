import * as z from "zod/mini";
import type { EarlyStoppingOptions } from "../../dsl/callbacks";
import type { Logs } from "../loop/logs";
import type { CallbackContext, EpochCallback, WeightKeeper } from "./index";
import { Monitor, monitoredName, MonitorState } from "./monitor";

/** The copy of the best weights is the keeper's. */
const State = z.object({ best: MonitorState, wait: z.number(), wantsStop: z.boolean(), hasCopy: z.boolean() });

/** Stops when the monitored value no longer improves. https://keras.io/api/callbacks/early_stopping/ */
export class EarlyStopping implements EpochCallback {
  private readonly monitor: Monitor;
  private readonly patience: number;
  private readonly startFromEpoch: number;
  private readonly keeper: WeightKeeper | undefined;
  wantsStop = false;
  private hasCopy = false;
  private wait = 0;

  constructor(options: EarlyStoppingOptions, { available, weights }: CallbackContext) {
    this.monitor = new Monitor(
      monitoredName("earlyStopping", options.monitor, available),
      options.mode,
      Math.abs(options.minDelta ?? 0),
    );
    this.patience = options.patience ?? 0;
    this.startFromEpoch = options.startFromEpoch ?? 0;
    this.keeper = options.restoreBestWeights === true ? weights : undefined;
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    const value = logs.get(this.monitor.name);
    // Keras counts epochs from 0.
    if (value === undefined || epoch - 1 < this.startFromEpoch) return;
    const improved = this.monitor.improves(value);
    if (improved || !this.hasCopy) this.keeper?.copy();
    this.hasCopy = true;
    this.wait++;
    if (improved) this.wait = 0;
    this.wantsStop = this.wait > 0 && this.wait >= this.patience && epoch > 1;
  }

  get state(): z.infer<typeof State> {
    const { wait, wantsStop, hasCopy } = this;
    return { best: this.monitor.state, wait, wantsStop, hasCopy };
  }

  restore(state: unknown): void {
    const { best, ...own } = State.parse(state);
    this.monitor.restore(best);
    Object.assign(this, own);
  }

  onTrainingEnd(): void {
    if (this.hasCopy) this.keeper?.restore();
  }

  dispose(): void {
    this.keeper?.dispose();
  }
}
