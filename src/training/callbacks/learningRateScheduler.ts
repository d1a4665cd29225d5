import { TrainingError } from "../errors";
import type { LearningRate } from "../loop/learningRate";
import type { CallbackContext, EpochCallback } from "./index";
import { requireSettable } from "./reduceLROnPlateau";

/** Sets the learning rate of each epoch, which the schedule counts from 0. https://keras.io/api/callbacks/learning_rate_scheduler/ */
export class LearningRateScheduler implements EpochCallback {
  private readonly learningRate: LearningRate;

  constructor(
    private readonly schedule: (epoch: number, learningRate: number) => number,
    { learningRate }: CallbackContext,
  ) {
    requireSettable("learningRateScheduler", learningRate);
    this.learningRate = learningRate;
  }

  onEpochBegin(epoch: number): void {
    const next: unknown = this.schedule(epoch - 1, this.learningRate.at(0));
    if (typeof next !== "number" || !Number.isFinite(next) || next < 0) {
      throw new TrainingError(
        `callbacks.learningRateScheduler takes a function that returns a number of 0 or more; received ${String(next)} for epoch ${epoch - 1}.`,
      );
    }
    this.learningRate.assign(next);
  }
}
