import * as z from "zod/mini";
import type { ReduceLROnPlateauOptions } from "../../dsl/callbacks";
import { TrainingError } from "../errors";
import type { LearningRate } from "../loop/learningRate";
import type { Logs } from "../loop/logs";
import type { CallbackContext, EpochCallback } from "./index";
import { Monitor, monitoredName, MonitorState } from "./monitor";

const State = z.object({ best: MonitorState, wait: z.number(), cooldownLeft: z.number() });

/** Lowers the learning rate when the monitored value no longer improves. https://keras.io/api/callbacks/reduce_lr_on_plateau/ */
export class ReduceLROnPlateau implements EpochCallback {
  private readonly monitor: Monitor;
  private readonly learningRate: LearningRate;
  private readonly factor: number;
  private readonly patience: number;
  private readonly cooldown: number;
  private readonly minLearningRate: number;
  private cooldownLeft = 0;
  private wait = 0;

  constructor(options: ReduceLROnPlateauOptions, { available, learningRate }: CallbackContext) {
    this.factor = options.factor ?? 0.1;
    if (!(this.factor > 0 && this.factor < 1)) {
      throw new TrainingError(`callbacks.reduceLROnPlateau takes a factor between 0 and 1; received ${this.factor}.`);
    }
    requireSettable("reduceLROnPlateau", learningRate);
    this.monitor = new Monitor(
      monitoredName("reduceLROnPlateau", options.monitor, available),
      options.mode,
      Math.abs(options.minDelta ?? 1e-4),
    );
    this.learningRate = learningRate;
    this.patience = options.patience ?? 10;
    this.cooldown = options.cooldown ?? 0;
    this.minLearningRate = options.minLearningRate ?? 0;
  }

  onEpochEnd(_epoch: number, logs: Logs): void {
    const value = logs.get(this.monitor.name);
    if (value === undefined) return;
    if (this.cooldownLeft > 0) {
      this.cooldownLeft--;
      this.wait = 0;
    }
    if (this.monitor.improves(value)) {
      this.wait = 0;
      return;
    }
    if (this.cooldownLeft > 0) return;
    this.wait++;
    const current = this.learningRate.at(0);
    if (this.wait < this.patience || current <= Math.fround(this.minLearningRate)) return;
    this.learningRate.assign(Math.max(current * this.factor, this.minLearningRate));
    this.cooldownLeft = this.cooldown;
    this.wait = 0;
  }

  get state(): z.infer<typeof State> {
    const { wait, cooldownLeft } = this;
    return { best: this.monitor.state, wait, cooldownLeft };
  }

  restore(state: unknown): void {
    const { best, ...own } = State.parse(state);
    this.monitor.restore(best);
    Object.assign(this, own);
  }
}

/** @throws TrainingError where a schedule decides on the learning rate. */
export function requireSettable(callback: string, learningRate: LearningRate): void {
  if (!learningRate.isScheduled) return;
  throw new TrainingError(
    `callbacks.${callback} sets the learning rate, which the optimizer takes from a schedule. Give the optimizer a number, or leave the callback out.`,
  );
}
