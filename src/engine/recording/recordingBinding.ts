import { TensorFlowBinding, TensorMetadata } from "../binding";
import { DataType } from "../dataTypes";
import type { EagerBinding } from "../eagerBinding";
import type { GraphOutput } from "../libtensorflow";
import { AttributeType, type OpAttribute } from "../opAttributes";
import type { Pointer } from "../pointer";
import type { TensorValues } from "../tensors";
import type { Graph } from "./graph";
import { constantSignature, operationSignature, type OutputPlace, type RecordedOperation, tensorSignature } from "./operations";
import { type Origin, UncapturableError } from "./uncapturable";
import { type Producer, type RecordedVariable, variableUpdate } from "./variableUpdates";

/** A tensor of the recording: it stands for a value that only the finished function has. */
export interface RecordedTensor extends OutputPlace {
  readonly output: GraphOutput;
  readonly metadata: TensorMetadata;
}

/** Adds every operation to a graph instead of executing it. Its tensors have negative numbers, the eager ones keep theirs. */
export class RecordingBinding extends TensorFlowBinding {
  readonly TF_Version: string;
  readonly graph: Graph;
  readonly operations: RecordedOperation[] = [];

  readonly #eager: EagerBinding;
  readonly #place: () => string | undefined;
  readonly #tensors = new Map<number, RecordedTensor>();
  /** What goes into each operation, by the operation's place. */
  readonly #inputs: (readonly RecordedTensor[])[] = [];
  /** How many operations, variables and outputs take a tensor. */
  readonly #uses = new Map<RecordedTensor, number>();
  readonly #fromOutside = new Map<number, RecordedTensor>();
  #failure: UncapturableError | undefined;
  #nextId = FIRST_ID;

  /** @param place where in the step it now stands, in words */
  constructor(eager: EagerBinding, place: () => string | undefined) {
    super();
    this.#eager = eager;
    this.#place = place;
    this.graph = eager.newGraph();
    this.TF_Version = eager.TF_Version;
  }

  /** An input of the function. */
  addInput(shape: readonly number[], dtype: number): RecordedTensor {
    const operation = this.operations.length;
    const output = this.graph.addPlaceholder(nodeName(operation, "Placeholder"), shape, dtype);
    this.#note("Placeholder", `Placeholder ${tensorSignature(shape, dtype)}`);
    return this.#keep({ operation, index: 0 }, output, shape, dtype);
  }

  /** A variable that the function is given, and reads before all else. */
  addVariable(shape: readonly number[], dtype: number): RecordedVariable {
    const resource = this.addInput([], DataType.RESOURCE);
    const { operation, outputs } = this.#add("ReadVariableOp", [typeAttribute("dtype", dtype)], [resource], 1);
    const [output] = outputs as [GraphOutput];
    this.graph.setShape(output, shape);
    return { resource, value: this.#keep({ operation, index: 0 }, output, shape, dtype) };
  }

  /**
   * Gives variables their next values when the step has read the present ones.
   *
   * @param outputs what the function returns
   */
  assignVariables(
    variables: readonly RecordedVariable[],
    next: readonly RecordedTensor[],
    outputs: readonly RecordedTensor[],
  ): void {
    this.#countUses([...next, ...outputs]);
    variables.forEach((variable, index) => {
      const value = next[index];
      if (value === undefined || value === variable.value) return;
      const { opName, attributes, inputs } = variableUpdate(variable, value, (tensor) => this.producerOf(tensor));
      this.#add(opName, attributes, inputs, 0, [variable.value.output.oper]);
    });
  }

  createTensor(shape: readonly number[], dtype: number, values: TensorValues): number {
    const operation = this.operations.length;
    const output = this.graph.addConstant(nodeName(operation, "Const"), shape, dtype, values);
    this.#note("Const", constantSignature(shape, dtype, values));
    return this.#keep({ operation, index: 0 }, output, shape, dtype).metadata.id;
  }

  /** Nothing to do: recorded tensors go with the recording, and the recording leaves eager ones alone. */
  deleteTensor(): void {
    return;
  }

  tensorDataSync(id: number): TensorValues {
    const { shape, dtype } = this.tensor(id).metadata;
    throw this.refuse(`The step reads the values of a tensor (${tensorSignature(shape, dtype)}) in JavaScript.`);
  }

  executeOp(
    opName: string,
    attributes: readonly OpAttribute[],
    inputIds: readonly number[],
    outputCount: number,
  ): TensorMetadata[] {
    if (this.graph.definition(opName).isStateful) {
      throw this.refuse(`TensorFlow's ${opName} carries something over from one step to the next.`);
    }
    const inputs = inputIds.map((id) => this.tensor(id));
    const { operation, outputs } = this.#add(opName, attributes, inputs, outputCount);
    return outputs.map((output, index) => {
      const shape = this.#knownShape(output, opName);
      return this.#keep({ operation, index }, output, shape, this.graph.dtypeOf(output)).metadata;
    });
  }

  /** The recorded tensor of this number; an eager one becomes an input that every call is given. */
  tensor(id: number): RecordedTensor {
    const known = isRecorded(id) ? this.#tensors.get(id) : this.#fromOutside.get(id);
    if (known) return known;
    if (isRecorded(id)) throw this.refuse("The step uses a tensor that was kept when another step was captured.");
    const { shape, dtype } = this.#eager.describe(id);
    const input = this.addInput(shape, dtype);
    this.#fromOutside.set(id, input);
    return input;
  }

  /** What made a tensor of this recording. */
  producerOf(tensor: RecordedTensor): Producer {
    const { operation } = tensor;
    return {
      opName: this.operations[operation]?.opName ?? "",
      inputs: this.#inputs[operation] ?? [],
      uses: this.#uses.get(tensor) ?? 0,
    };
  }

  /** Inputs that were not announced, by the numbers of the eager tensors that they were made for. */
  get fromOutside(): ReadonlyMap<number, RecordedTensor> {
    return this.#fromOutside;
  }

  /** Why this cannot be captured. The first reason stays, even where the step catches it. */
  refuse(reason: string, origin: Origin = this.#origin()): UncapturableError {
    this.#failure ??= new UncapturableError(reason, origin);
    return this.#failure;
  }

  /** Where a recorded tensor was made. */
  originOf(id: number): Origin | undefined {
    return this.operations[this.tensor(id).operation]?.origin;
  }

  /** @throws {UncapturableError} when something was refused */
  throwIfRefused(): void {
    if (this.#failure) throw this.#failure;
  }

  loadSavedModel(): number {
    throw this.refuse("The step loads a SavedModel.");
  }

  deleteSavedModel(): void {
    throw this.refuse("The step deletes a SavedModel.");
  }

  runSavedModel(): TensorMetadata[] {
    throw this.refuse("The step runs a SavedModel.");
  }

  getNumOfSavedModels(): number {
    return this.#eager.getNumOfSavedModels();
  }

  getNumOfTensors(): number {
    return this.#eager.getNumOfTensors();
  }

  isUsingGpuDevice(): boolean {
    return this.#eager.isUsingGpuDevice();
  }

  dispose(): void {
    this.graph.dispose();
  }

  #add(
    opName: string,
    attributes: readonly OpAttribute[],
    inputs: readonly RecordedTensor[],
    outputCount: number,
    after: readonly Pointer<"TF_Operation">[] = [],
  ): { operation: number; outputs: readonly GraphOutput[] } {
    const operation = this.operations.length;
    const graphInputs = inputs.map(({ output }) => output);
    const oper = this.graph.addOperation(opName, nodeName(operation, opName), graphInputs, attributes, after);
    this.#note(opName, operationSignature(opName, inputs, attributes), inputs);
    return { operation, outputs: Array.from({ length: outputCount }, (_, index) => ({ oper, index })) };
  }

  #knownShape(output: GraphOutput, opName: string): readonly number[] {
    const shape = this.graph.shapeOf(output);
    if (shape?.every((size) => size >= 0)) return shape;
    const inferred = shape === undefined ? "of unknown rank" : `[${shape.map((size) => (size < 0 ? "?" : size)).join(", ")}]`;
    throw this.refuse(`The shape that ${opName} returns depends on values; TensorFlow infers ${inferred}.`);
  }

  #note(opName: string, signature: string, inputs: readonly RecordedTensor[] = []): void {
    this.operations.push({ opName, signature, origin: this.#origin() });
    this.#inputs.push(inputs);
    this.#countUses(inputs);
  }

  #countUses(tensors: readonly RecordedTensor[]): void {
    for (const tensor of tensors) this.#uses.set(tensor, (this.#uses.get(tensor) ?? 0) + 1);
  }

  #origin(): Origin {
    return { trace: new Error("recorded here"), place: this.#place() };
  }

  #keep(place: OutputPlace, output: GraphOutput, shape: readonly number[], dtype: number): RecordedTensor {
    const tensor = { ...place, output, metadata: new TensorMetadata(this.#nextId--, [...shape], dtype) };
    this.#tensors.set(tensor.metadata.id, tensor);
    return tensor;
  }
}

const typeAttribute = (name: string, value: number): OpAttribute => ({ name, type: AttributeType.TYPE, value });

/** tfjs-node takes -1 for a tensor that is not in the binding yet. */
const FIRST_ID = -2;

/** Whether this is the number of a tensor that was recorded. */
export function isRecorded(id: number): boolean {
  return id <= FIRST_ID;
}

/** Operations are found again by this name when TensorFlow reports an error in one. */
function nodeName(operation: number, opName: string): string {
  return `op${operation}_${opName}`;
}

/** The number of the operation that an error message of TensorFlow's names. */
export function operationInMessage(message: string): number | undefined {
  const [, operation] = /\bop(\d+)_\w+/.exec(message) ?? [];
  return operation === undefined ? undefined : Number(operation);
}
