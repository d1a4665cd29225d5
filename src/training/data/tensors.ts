import type { Plan } from "../../dsl/plan";
import type { BatchSource } from "./batchSource";
import { bytesOf, type TypedPart, withTypes } from "./columnTypes";
import { dataMemoryLimit } from "./memoryLimit";
import { ResidentPart } from "./residentPart";
import type { Part, Parts } from "./samples";
import { StreamedPart } from "./streamedPart";

/** A data set as a run holds it: what fits into memory as tensors, what does not is streamed. */
export class DataTensors {
  private constructor(
    readonly training: BatchSource,
    readonly validation: BatchSource | undefined,
    readonly test: BatchSource | undefined,
    private readonly source: Parts,
  ) {}

  /**
   * @param parts In the model's order: see `alignWithModel`. They are the data set's from now on.
   * @param memoryLimit Bytes that may be held as tensors.
   * @throws TrainingError where a value cannot be trained on; the signal's reason when aborted.
   */
  static async from(parts: Parts, plan: Plan, signal: AbortSignal, memoryLimit = dataMemoryLimit()): Promise<DataTensors> {
    const made: BatchSource[] = [];
    let left = memoryLimit;
    const load = async (part: Part): Promise<BatchSource> => {
      const typed: TypedPart = withTypes(part, plan);
      const bytes = bytesOf(typed);
      const source = bytes > left ? new StreamedPart(typed) : await ResidentPart.load(typed, signal);
      if (source instanceof ResidentPart) left -= bytes;
      made.push(source);
      return source;
    };
    try {
      // The small ones first.
      const test = parts.test && (await load(parts.test));
      const validation = parts.validation && (await load(parts.validation));
      return new DataTensors(await load(parts.training), validation, test, parts);
    } catch (error) {
      for (const source of made) source.dispose();
      parts.release();
      throw error;
    }
  }

  dispose(): void {
    for (const part of [this.training, this.validation, this.test]) part?.dispose();
    this.source.release();
  }
}
