import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import { sizeOf } from "../../nn/shape";
import type { Batch, BatchSource } from "./batchSource";
import type { TypedColumn, TypedPart } from "./columnTypes";

/** A part whose samples are read, and transformed, when a batch takes them. */
export class StreamedPart implements BatchSource {
  readonly count: number;
  readonly inputCount: number;
  readonly isStreamed = true;
  private readonly columns: readonly TypedColumn[];

  constructor(private readonly part: TypedPart) {
    this.count = part.count;
    this.columns = [...part.x, ...part.y];
    this.inputCount = this.columns.length;
  }

  get largestSample(): number {
    return Math.max(...this.columns.map(({ column }) => sizeOf(column.shape)));
  }

  /** @throws TrainingError where a value cannot be trained on. */
  inputs(samples: Int32Array): Tensor[] {
    return this.columns.map(({ column, dtype }) => {
      const size = sizeOf(column.shape);
      const values = new Float32Array(samples.length * size);
      samples.forEach((sample, index) => column.read(sample, values.subarray(index * size, (index + 1) * size)));
      return tensor(dtype === "int32" ? Int32Array.from(values) : values, [samples.length, ...column.shape], dtype);
    });
  }

  batch(inputs: readonly Tensor[]): Batch {
    const { length } = this.part.x;
    return { x: inputs.slice(0, length), y: inputs.slice(length) };
  }

  dispose(): void {
    return;
  }
}
