import { dispose, gather, slice, type Tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import type { Plan } from "../../dsl/plan";
import { TensorWriter } from "../../engine";
import type { SymbolicTensor } from "../../nn";
import { Pace } from "../loop/pace";
import { type LabelledOutput, labelledOutputs, takesClassNumbers } from "./labelledOutputs";
import { chunks } from "./partColumns";
import type { Part, PartColumn, Parts } from "./samples";

/** Inputs and labels of one batch, in the order of the inputs and of the labelled outputs. */
export interface Batch {
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
}

/** One part of a data set, held once as tensors; batches are gathered from it. */
export class PartTensors {
  private constructor(
    readonly x: readonly Tensor[],
    readonly y: readonly Tensor[],
    readonly count: number,
  ) {}

  /** @param part In the model's order: see `alignWithModel`. */
  static async from(part: Part, plan: Plan, signal: AbortSignal): Promise<PartTensors> {
    const tensors: Tensor[] = [];
    const add = async (column: PartColumn, dtype: Tensor["dtype"]): Promise<void> => {
      tensors.push(await toTensor(column, part.count, dtype === "int32" ? "int32" : "float32", signal));
    };
    const outputs = labelledOutputs(plan);
    try {
      for (const [index, column] of part.x.entries()) await add(column, (plan.model.inputs[index] as SymbolicTensor).dtype);
      for (const [index, column] of part.y.entries())
        await add(column, takesClassNumbers(outputs[index] as LabelledOutput) ? "int32" : "float32");
    } catch (error) {
      dispose(tensors);
      throw error;
    }
    return new PartTensors(tensors.slice(0, part.x.length), tensors.slice(part.x.length), part.count);
  }

  /** The samples of these numbers, an int32 vector. */
  gather(indices: Tensor): Batch {
    const rows = (data: Tensor): Tensor => gather(data, indices as Tensor1D);
    return { x: this.x.map(rows), y: this.y.map(rows) };
  }

  /** `count` samples from `start`, in order. */
  slice(start: number, count: number): Batch {
    const rows = (data: Tensor): Tensor =>
      slice(data, [start, ...data.shape.slice(1).map(() => 0)], [count, ...data.shape.slice(1)]);
    return { x: this.x.map(rows), y: this.y.map(rows) };
  }

  dispose(): void {
    dispose([...this.x, ...this.y]);
  }
}

/** A data set as a run holds it. */
export class DataTensors {
  private constructor(
    readonly training: PartTensors,
    readonly validation: PartTensors | undefined,
    readonly test: PartTensors | undefined,
  ) {}

  /**
   * @param parts In the model's order: see `alignWithModel`.
   * @throws TrainingError where a value cannot be trained on; the signal's reason when aborted.
   */
  static async from({ training, validation, test }: Parts, plan: Plan, signal: AbortSignal): Promise<DataTensors> {
    const made: PartTensors[] = [];
    const make = async (part: Part): Promise<PartTensors> => {
      const tensors = await PartTensors.from(part, plan, signal);
      made.push(tensors);
      return tensors;
    };
    try {
      return new DataTensors(await make(training), validation && (await make(validation)), test && (await make(test)));
    } catch (error) {
      for (const tensors of made) tensors.dispose();
      throw error;
    }
  }

  dispose(): void {
    for (const part of [this.training, this.validation, this.test]) part?.dispose();
  }
}

async function toTensor(column: PartColumn, count: number, dtype: "float32" | "int32", signal: AbortSignal): Promise<Tensor> {
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
