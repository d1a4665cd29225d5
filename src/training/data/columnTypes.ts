import { type LabelledOutput, labelledOutputs, takesClassNumbers } from "../../dsl/labelledOutputs";
import type { Plan } from "../../dsl/plan";
import type { SymbolicTensor } from "../../nn";
import { sizeOf } from "../../nn/shape";
import type { Part, PartColumn } from "./samples";

export interface TypedColumn {
  readonly column: PartColumn;
  readonly dtype: "float32" | "int32";
}

/** A part with the types that the model's inputs and the losses take. */
export interface TypedPart {
  readonly x: readonly TypedColumn[];
  readonly y: readonly TypedColumn[];
  readonly count: number;
}

/** @param part In the model's order: see `alignWithModel`. */
export function withTypes({ x, y, count }: Part, plan: Plan): TypedPart {
  const outputs = labelledOutputs(plan);
  const typed = (column: PartColumn, isWhole: boolean): TypedColumn => ({ column, dtype: isWhole ? "int32" : "float32" });
  return {
    x: x.map((column, index) => typed(column, (plan.model.inputs[index] as SymbolicTensor).dtype === "int32")),
    y: y.map((column, index) => typed(column, takesClassNumbers(outputs[index] as LabelledOutput))),
    count,
  };
}

/** What a part takes as tensors. */
export function bytesOf({ x, y, count }: TypedPart): number {
  const values = [...x, ...y].reduce((sum, { column }) => sum + sizeOf(column.shape), 0);
  return values * count * Float32Array.BYTES_PER_ELEMENT;
}
