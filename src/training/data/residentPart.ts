import { dispose, gather, type Tensor, type Tensor1D, tensor1d } from "@tensorflow/tfjs-core";
import { TensorWriter } from "../../engine";
import { Pace } from "../loop/pace";
import type { Batch, BatchSource } from "./batchSource";
import type { TypedColumn, TypedPart } from "./columnTypes";
import { chunks } from "./partColumns";

/** A part that is held once as tensors; batches are gathered from it. */
export class ResidentPart implements BatchSource {
  readonly isStreamed = false;
  readonly inputCount = 1;

  private constructor(
    private readonly x: readonly Tensor[],
    private readonly y: readonly Tensor[],
    readonly count: number,
  ) {}

  /** @throws TrainingError where a value cannot be trained on; the signal's reason when aborted. */
  static async load({ x, y, count }: TypedPart, signal: AbortSignal): Promise<ResidentPart> {
    const tensors: Tensor[] = [];
    try {
      for (const column of [...x, ...y]) tensors.push(await toTensor(column, count, signal));
    } catch (error) {
      dispose(tensors);
      throw error;
    }
    return new ResidentPart(tensors.slice(0, x.length), tensors.slice(x.length), count);
  }

  get largestSample(): number {
    return Math.max(...[...this.x, ...this.y].map(({ size }) => size / Math.max(1, this.count)));
  }

  inputs(samples: Int32Array): Tensor[] {
    return [tensor1d(samples, "int32")];
  }

  batch([samples]: readonly Tensor[]): Batch {
    const rows = (data: Tensor): Tensor => gather(data, samples as Tensor1D);
    return { x: this.x.map(rows), y: this.y.map(rows) };
  }

  dispose(): void {
    dispose([...this.x, ...this.y]);
  }
}

async function toTensor({ column, dtype }: TypedColumn, count: number, signal: AbortSignal): Promise<Tensor> {
  const pace = new Pace();
  const writer = new TensorWriter([count, ...column.shape], dtype);
  try {
    for (const { values } of chunks(column, count)) {
      writer.write(dtype === "int32" ? Int32Array.from(values) : values);
      await pace.giveWay(signal);
    }
    return writer.finish();
  } finally {
    writer.dispose();
  }
}
