import { dispose, gather, slice, tensor, type Tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import type { Plan } from "../../dsl/plan";
import type { SymbolicTensor } from "../../nn";
import { type LabelledOutput, labelledOutputs, takesClassNumbers } from "./labelledOutputs";
import type { Column, Parts, Samples } from "./samples";

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

  /** @param samples In the model's order: see `alignWithModel`. */
  static from(samples: Samples, plan: Plan): PartTensors {
    const x = samples.x.map((column, index) =>
      toTensor(column, samples.count, (plan.model.inputs[index] as SymbolicTensor).dtype),
    );
    const outputs = labelledOutputs(plan);
    const y = samples.y.map((column, index) =>
      toTensor(column, samples.count, takesClassNumbers(outputs[index] as LabelledOutput) ? "int32" : "float32"),
    );
    return new PartTensors(x, y, samples.count);
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

  /** @param parts In the model's order: see `alignWithModel`. */
  static from({ training, validation, test }: Parts, plan: Plan): DataTensors {
    return new DataTensors(
      PartTensors.from(training, plan),
      validation && PartTensors.from(validation, plan),
      test && PartTensors.from(test, plan),
    );
  }

  dispose(): void {
    for (const part of [this.training, this.validation, this.test]) part?.dispose();
  }
}

function toTensor({ values, shape }: Column, count: number, dtype: Tensor["dtype"]): Tensor {
  const typed = dtype === "int32" ? Int32Array.from(values) : Float32Array.from(values);
  return tensor(typed, [count, ...shape], dtype === "int32" ? "int32" : "float32");
}
