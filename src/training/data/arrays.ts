import { type ArrayColumn, arrayColumns, ArrayError, denseArray, type DenseArray } from "../../dsl/arrayColumns";
import type { ArrayData, NamedArrays } from "../../dsl/arrayData";
import { TrainingError } from "../errors";
import type { Column, SourceSamples } from "./samples";

/** Data given in the model file. @throws TrainingError where an array is ragged, or x and y differ in length. */
export function readArrays(x: NamedArrays, y: NamedArrays): SourceSamples {
  const columns = inTraining(() => arrayColumns(x, y));
  return {
    title: "arrays({ x, y })",
    samples: { x: columns.x.map(toColumn), y: columns.y.map(toColumn), count: columns.count },
  };
}

function toColumn({ name, values, shape }: ArrayColumn): Column {
  return { name, values, shape };
}

/** The values in row-major order with their shape. @throws TrainingError where the array is ragged or is not made of numbers. */
export function toDense(array: ArrayData, place: string): DenseArray {
  return inTraining(() => denseArray(array, place));
}

function inTraining<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ArrayError ? new TrainingError(error.message) : error;
  }
}
