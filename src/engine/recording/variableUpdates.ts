import { AttributeType, type OpAttribute } from "../opAttributes";
import type { RecordedTensor } from "./recordingBinding";

/** A variable in a recording: the resource that the function is given, and its value when the step begins. */
export interface RecordedVariable {
  readonly resource: RecordedTensor;
  readonly value: RecordedTensor;
}

/** An operation that gives a variable its next value. */
export interface VariableUpdate {
  readonly opName: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly RecordedTensor[];
}

/** What made a tensor of the recording. */
export interface Producer {
  readonly opName: string;
  readonly inputs: readonly RecordedTensor[];
  /** How many operations, variables and outputs of the recording take the tensor. */
  readonly uses: number;
}

/**
 * How a variable gets its next value: in place, where that is its value now with something added or subtracted and nobody else wants
 * the sum. What is subtracted is mostly a gradient times the learning rate, for which TensorFlow has one operation.
 */
export function variableUpdate(
  { resource, value }: RecordedVariable,
  next: RecordedTensor,
  producerOf: (tensor: RecordedTensor) => Producer,
): VariableUpdate {
  const { dtype } = value.metadata;
  const { opName, inputs, uses } = producerOf(next);
  const [first, change] = inputs;
  if (uses === 1 && first === value && change !== undefined && sameShape(change, value)) {
    if (opName === "Sub") return descent(resource, change, producerOf) ?? update("AssignSubVariableOp", dtype, resource, change);
    if (opName === "Add" || opName === "AddV2") return update("AssignAddVariableOp", dtype, resource, change);
  }
  return update("AssignVariableOp", dtype, resource, next);
}

function descent(
  resource: RecordedTensor,
  change: RecordedTensor,
  producerOf: (tensor: RecordedTensor) => Producer,
): VariableUpdate | undefined {
  const { opName, inputs } = producerOf(change);
  if (opName !== "Mul") return undefined;
  const rate = inputs.find(({ metadata }) => metadata.shape.length === 0);
  const gradient = inputs.find((input) => input !== rate && sameShape(input, change));
  if (rate === undefined || gradient === undefined) return undefined;
  const type = { name: "T", type: AttributeType.TYPE, value: change.metadata.dtype };
  return { opName: "ResourceApplyGradientDescent", attributes: [type], inputs: [resource, rate, gradient] };
}

function update(opName: string, dtype: number, ...inputs: readonly RecordedTensor[]): VariableUpdate {
  return { opName, attributes: [{ name: "dtype", type: AttributeType.TYPE, value: dtype }], inputs };
}

function sameShape({ metadata: a }: RecordedTensor, { metadata: b }: RecordedTensor): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis]);
}
