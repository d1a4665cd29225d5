import { DataType } from "../dataTypes";
import type { GraphOutput, LibTensorFlow } from "../libtensorflow";
import { type OpAttribute, setAttribute } from "../opAttributes";
import { type ArgumentDefinition, isList, type OpDefinition, type OpDefinitions } from "../opDefinitions";
import { int64Array, NULL, type Pointer } from "../pointer";
import { Status } from "../status";
import { deallocateStrings } from "../strings";
import { newTensor, type TensorValues } from "../tensors";
import { GraphAttributes } from "./graphAttributes";

type Description = Pointer<"TF_OperationDescription">;

/** A `TF_Graph` under construction. */
export class Graph {
  readonly #tensorflow: LibTensorFlow;
  readonly #definitions: OpDefinitions;
  readonly #status: Status;
  readonly #graph: Pointer<"TF_Graph">;

  constructor(tensorflow: LibTensorFlow, definitions: OpDefinitions) {
    this.#tensorflow = tensorflow;
    this.#definitions = definitions;
    this.#status = new Status(tensorflow);
    this.#graph = tensorflow.TF_NewGraph();
  }

  definition(opName: string): OpDefinition {
    return this.#definitions.get(opName);
  }

  /**
   * @param after what must have been executed before, though nothing of it goes in
   * @throws {TensorFlowError} when TensorFlow refuses the operation, its inputs or its attributes
   */
  addOperation(
    opName: string,
    name: string,
    inputs: readonly GraphOutput[],
    attributes: readonly OpAttribute[],
    after: readonly Pointer<"TF_Operation">[] = [],
  ): Pointer<"TF_Operation"> {
    const definition = this.definition(opName);
    const groups = groupInputs(definition, inputs, attributes);
    return this.#add(opName, name, (description) => {
      for (const { isList, outputs } of groups) {
        if (isList) this.#tensorflow.TF_AddInputList(description, packOutputs(outputs), outputs.length);
        else outputs.forEach((output) => this.#tensorflow.TF_AddInput(description, output));
      }
      for (const operation of after) this.#tensorflow.TF_AddControlInput(description, operation);
      const sink = new GraphAttributes(this.#tensorflow, description);
      for (const attribute of attributes) {
        // Eager execution overlooks an attribute that the operation does not have, and tfjs-node relies on it.
        if (definition.attributes.has(attribute.name)) setAttribute(sink, attribute, opName);
      }
    });
  }

  addConstant(name: string, shape: readonly number[], dtype: number, values: TensorValues): GraphOutput {
    const tensorflow = this.#tensorflow;
    const tensor = newTensor(tensorflow, shape, dtype, values);
    try {
      const oper = this.#add("Const", name, (description) => {
        tensorflow.TF_SetAttrTensor(description, "value", tensor, this.#status.pointer);
        this.#status.throwIfFailed("Const");
        tensorflow.TF_SetAttrType(description, "dtype", dtype);
      });
      return { oper, index: 0 };
    } finally {
      if (dtype === DataType.STRING) {
        deallocateStrings(tensorflow, tensorflow.TF_TensorData(tensor), tensorflow.TF_TensorElementCount(tensor));
      }
      tensorflow.TF_DeleteTensor(tensor);
    }
  }

  addPlaceholder(name: string, shape: readonly number[], dtype: number): GraphOutput {
    const oper = this.#add("Placeholder", name, (description) => {
      this.#tensorflow.TF_SetAttrType(description, "dtype", dtype);
      this.#tensorflow.TF_SetAttrShape(description, "shape", int64Array(shape), shape.length);
    });
    return { oper, index: 0 };
  }

  dtypeOf(output: GraphOutput): number {
    return this.#tensorflow.TF_OperationOutputType(output);
  }

  /** Tells TensorFlow a shape that it cannot infer. */
  setShape(output: GraphOutput, shape: readonly number[]): void {
    this.#tensorflow.TF_GraphSetTensorShape(this.#graph, output, int64Array(shape), shape.length, this.#status.pointer);
    this.#status.throwIfFailed("TF_GraphSetTensorShape");
  }

  /** The shape as TensorFlow infers it: -1 for an unknown size, `undefined` for an unknown rank. */
  shapeOf(output: GraphOutput): number[] | undefined {
    const { pointer } = this.#status;
    const rank = this.#tensorflow.TF_GraphGetTensorNumDims(this.#graph, output, pointer);
    this.#status.throwIfFailed("TF_GraphGetTensorNumDims");
    if (rank < 0) return undefined;
    const dimensions = new BigInt64Array(rank);
    if (rank > 0) this.#tensorflow.TF_GraphGetTensorShape(this.#graph, output, dimensions, rank, pointer);
    this.#status.throwIfFailed("TF_GraphGetTensorShape");
    return Array.from(dimensions, Number);
  }

  /** A function of this graph's placeholders. The caller deletes it. */
  toFunction(name: string, inputs: readonly GraphOutput[], outputs: readonly GraphOutput[]): Pointer<"TF_Function"> {
    const APPEND_NO_HASH = 0;
    const ALL_OPERATIONS = -1;
    const definition = this.#tensorflow.TF_GraphToFunction(
      this.#graph,
      name,
      APPEND_NO_HASH,
      ALL_OPERATIONS,
      NULL,
      inputs.length,
      packOutputs(inputs),
      outputs.length,
      packOutputs(outputs),
      NULL,
      NULL,
      NULL,
      this.#status.pointer,
    );
    this.#status.throwIfFailed("TF_GraphToFunction");
    return definition;
  }

  dispose(): void {
    this.#tensorflow.TF_DeleteGraph(this.#graph);
    this.#status.dispose();
  }

  #add(opName: string, name: string, describe: (description: Description) => void): Pointer<"TF_Operation"> {
    const description = this.#tensorflow.TF_NewOperation(this.#graph, opName, name);
    try {
      describe(description);
    } catch (error) {
      // Nothing else frees a description.
      this.#tensorflow.TF_FinishOperation(description, this.#status.pointer);
      throw error;
    }
    const operation = this.#tensorflow.TF_FinishOperation(description, this.#status.pointer);
    this.#status.throwIfFailed(opName);
    return operation;
  }
}

interface InputGroup {
  readonly isList: boolean;
  readonly outputs: readonly GraphOutput[];
}

/** Divides the inputs among an operation's arguments, of which some are lists. */
function groupInputs(
  { name, inputs: parameters }: OpDefinition,
  inputs: readonly GraphOutput[],
  attributes: readonly OpAttribute[],
): InputGroup[] {
  const singles = parameters.filter((parameter) => !isList(parameter)).length;
  const lists = parameters.length - singles;
  let next = 0;
  const groups = parameters.map((parameter) => {
    const start = next;
    // A single list takes what the others leave.
    next += !isList(parameter) ? 1 : lists === 1 ? inputs.length - singles : listLength(parameter, name, attributes);
    return { isList: isList(parameter), outputs: inputs.slice(start, next) };
  });
  if (next === inputs.length) return groups;
  const names = parameters.map((parameter) => parameter.name).join(", ");
  throw new Error(`${name}: expected no inputs but ${names || "none"}; received ${inputs.length}.`);
}

function listLength(parameter: ArgumentDefinition, opName: string, attributes: readonly OpAttribute[]): number {
  const { numberAttribute, typeListAttribute } = parameter;
  const value = attributes.find(({ name }) => name === numberAttribute || name === typeListAttribute)?.value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.length;
  throw new Error(
    `${opName}: the attribute "${numberAttribute || typeListAttribute}" says how many ${parameter.name} there are; it is missing.`,
  );
}

/** `TF_Output[]`: pairs of operation and index, 16 bytes each. */
function packOutputs(outputs: readonly GraphOutput[]): BigUint64Array {
  return BigUint64Array.from(outputs.flatMap(({ oper, index }) => [oper, BigInt(index)]));
}
