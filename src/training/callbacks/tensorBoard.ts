import { hostname } from "node:os";
import { join } from "node:path";
import type { LearningRate } from "../loop/learningRate";
import type { Logs } from "../loop/logs";
import { appendToFile, makeFolder, writing } from "../run/files";
import { fileVersionEvent, scalarEvent } from "../tensorboard/event";
import { tfRecord } from "../tensorboard/tfRecord";
import type { EpochCallback } from "./index";

/** Writes event files for TensorBoard, as Keras lays them out: `train` and `validation`, tags `epoch_loss`, `epoch_accuracy`. */
export class TensorBoard implements EpochCallback {
  private readonly started = new Set<string>();
  private readonly file = `events.out.tfevents.${Math.floor(Date.now() / 1000)}.${hostname()}`;

  constructor(
    private readonly folder: string,
    private readonly learningRate: LearningRate,
  ) {}

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const training = new Map([["epoch_learning_rate", this.learningRate.at(0)]]);
    const validation = new Map<string, number>();
    for (const [name, value] of logs) {
      const own = /^val[A-Z]/.test(name) ? name.charAt(3).toLowerCase() + name.slice(4) : undefined;
      if (own === undefined) training.set(`epoch_${name}`, value);
      else validation.set(`epoch_${own}`, value);
    }
    await this.write("train", epoch, training);
    if (validation.size > 0) await this.write("validation", epoch, validation);
  }

  private async write(part: string, epoch: number, scalars: ReadonlyMap<string, number>): Promise<void> {
    const wallTime = Date.now() / 1000;
    // Keras counts epochs from 0.
    const records = [tfRecord(scalarEvent({ wallTime, step: epoch - 1, scalars }))];
    if (!this.started.has(part)) {
      records.unshift(tfRecord(fileVersionEvent(wallTime)));
      await writing(join(this.folder, part), () => makeFolder(join(this.folder, part)));
    }
    this.started.add(part);
    await appendToFile(join(this.folder, part, this.file), Buffer.concat(records));
  }
}
