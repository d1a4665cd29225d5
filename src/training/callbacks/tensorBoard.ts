import { rm, truncate } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import type { LearningRate } from "../loop/learningRate";
import type { Logs } from "../loop/logs";
import { appendToFile, makeFolder, writing } from "../run/files";
import { fileVersionEvent, scalarEvent } from "../tensorboard/event";
import { tfRecord } from "../tensorboard/tfRecord";
import type { EpochCallback } from "./index";

const PARTS = ["train", "validation"] as const;

/** Bytes of each part's file: what was written after the state is cut off. */
const State = z.object({ file: z.string(), sizes: z.record(z.string(), z.number()) });

/** Writes event files for TensorBoard, as Keras lays them out: `train` and `validation`, tags `epoch_loss`, `epoch_accuracy`. */
export class TensorBoard implements EpochCallback {
  /** Bytes of each part's file, once it is begun. */
  private readonly sizes = new Map<string, number>();
  private file = `events.out.tfevents.${Math.floor(Date.now() / 1000)}.${hostname()}`;

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

  get state(): z.infer<typeof State> {
    return { file: this.file, sizes: Object.fromEntries(this.sizes) };
  }

  async restore(state: unknown): Promise<void> {
    const { file, sizes } = State.parse(state);
    this.file = file;
    for (const part of PARTS) {
      const path = join(this.folder, part, file);
      const size = sizes[part];
      if (size === undefined) {
        await writing(path, () => rm(path, { force: true }));
      } else {
        await writing(path, () => truncate(path, size));
        this.sizes.set(part, size);
      }
    }
  }

  private async write(part: (typeof PARTS)[number], epoch: number, scalars: ReadonlyMap<string, number>): Promise<void> {
    const wallTime = Date.now() / 1000;
    // Keras counts epochs from 0.
    const records = [tfRecord(scalarEvent({ wallTime, step: epoch - 1, scalars }))];
    const size = this.sizes.get(part);
    if (size === undefined) {
      records.unshift(tfRecord(fileVersionEvent(wallTime)));
      await writing(join(this.folder, part), () => makeFolder(join(this.folder, part)));
    }
    const content = Buffer.concat(records);
    await appendToFile(join(this.folder, part, this.file), content);
    this.sizes.set(part, (size ?? 0) + content.length);
  }
}
