import { TensorFlowBinding, TensorMetadata } from "./binding";
import { chooseDevice, type Device, newContext, type ThreadCounts } from "./context";
import { DataType } from "./dataTypes";
import { type Explain, FunctionQueue } from "./functionQueue";
import type { GraphOutput, LibTensorFlow } from "./libtensorflow";
import { isList, OpDefinitions } from "./opDefinitions";
import { EagerAttributes, type OpAttribute, setAttribute } from "./opAttributes";
import type { Pointer } from "./pointer";
import { SavedModels } from "./savedModels";
import { Graph } from "./recording/graph";
import { isRecorded } from "./recording/recordingBinding";
import { Status } from "./status";
import { deallocateStrings } from "./strings";
import { newTensor, readTensor, type TensorValues } from "./tensors";
import { UnfinishedTensor } from "./unfinishedTensor";

type Handle = Pointer<"TFE_TensorHandle">;

/** Executes every operation at once, in TensorFlow's eager runtime. */
export class EagerBinding extends TensorFlowBinding {
  readonly TF_Version: string;
  readonly device: Device;
  readonly definitions: OpDefinitions;

  readonly #tensorflow: LibTensorFlow;
  readonly #status: Status;
  readonly #context: Pointer<"TFE_Context">;
  readonly #queue: FunctionQueue;
  readonly #attributes: EagerAttributes;
  readonly #savedModels: SavedModels;
  readonly #handles = new Map<number, Handle>();
  /** To be deleted when the calls under way have run: to say where one of them failed takes what it was given. */
  #released: number[] = [];
  /** Functions in the context, each with the number of those who use it. */
  readonly #functions = new Map<string, number>();
  readonly #outputCount = new Int32Array(1);
  #outputs = new BigUint64Array(16);
  #nextId = 0;

  constructor(tensorflow: LibTensorFlow, threads: ThreadCounts) {
    super();
    this.#tensorflow = tensorflow;
    this.#status = new Status(tensorflow);
    this.#context = newContext(tensorflow, threads, this.#status);
    this.#queue = new FunctionQueue(tensorflow, this.#context);
    this.definitions = new OpDefinitions(tensorflow, this.#status);
    this.#attributes = new EagerAttributes(tensorflow, this.#status);
    this.#savedModels = new SavedModels(tensorflow, this.#status);
    this.TF_Version = tensorflow.TF_Version();
    this.device = chooseDevice(tensorflow, this.#context, this.#status);
  }

  createTensor(shape: readonly number[], dtype: number, values: TensorValues): number {
    const tensor = newTensor(this.#tensorflow, shape, dtype, values);
    try {
      if (dtype === DataType.STRING) return this.#keep(this.#adoptStrings(tensor));
      return this.#keep(this.#placeOnDevice(this.#newHandle(tensor), dtype));
    } finally {
      this.#tensorflow.TF_DeleteTensor(tensor);
    }
  }

  /** A tensor of numbers whose values come piece by piece. */
  newTensor(shape: readonly number[], dtype: number): UnfinishedTensor {
    return new UnfinishedTensor(this.#tensorflow, shape, dtype, (tensor) =>
      this.#keep(this.#placeOnDevice(this.#newHandle(tensor), dtype)),
    );
  }

  deleteTensor(id: number): void {
    if (!this.#queue.isEmpty) {
      this.#handle(id, "deleteTensor");
      this.#released.push(id);
      return;
    }
    this.#tensorflow.TFE_DeleteTensorHandle(this.#handle(id, "deleteTensor"));
    this.#handles.delete(id);
  }

  tensorDataSync(id: number): TensorValues {
    this.settle();
    const handle = this.#handle(id, "tensorDataSync");
    const tensor = this.#resolve(handle);
    try {
      return readTensor(this.#tensorflow, tensor, this.#tensorflow.TFE_TensorHandleDataType(handle));
    } finally {
      this.#tensorflow.TF_DeleteTensor(tensor);
    }
  }

  executeOp(
    opName: string,
    attributes: readonly OpAttribute[],
    inputIds: readonly number[],
    outputCount: number,
  ): TensorMetadata[] {
    this.settle();
    const inputs = inputIds.map((id) => this.#handle(id, opName));
    this.#refuseTooManyInputs(opName, inputs.length);
    return this.#execute(opName, attributes, inputs, outputCount).map((handle) => this.describe(this.#keep(handle)));
  }

  describe(id: number): TensorMetadata {
    this.settle();
    const tensorflow = this.#tensorflow;
    const handle = this.#handle(id, "describe");
    const rank = tensorflow.TFE_TensorHandleNumDims(handle, this.#status.pointer);
    const shape = new Array<number>(Math.max(rank, 0));
    for (let axis = 0; axis < rank; axis++) shape[axis] = tensorflow.TFE_TensorHandleDim(handle, axis, this.#status.pointer);
    return new TensorMetadata(id, shape, tensorflow.TFE_TensorHandleDataType(handle));
  }

  /** An empty graph on the same library. */
  newGraph(): Graph {
    return new Graph(this.#tensorflow, this.definitions);
  }

  /**
   * Registers a graph as a function that `callFunction` runs by its name. Whoever added it removes it: it goes with the
   * last of them. A name must stand for one graph for ever, since XLA keeps what it compiled under it.
   */
  addFunction(name: string, graph: Graph, inputs: readonly GraphOutput[], outputs: readonly GraphOutput[]): void {
    const users = this.#functions.get(name) ?? 0;
    if (users === 0) {
      const definition = graph.toFunction(name, inputs, outputs);
      try {
        this.#tensorflow.TFE_ContextAddFunction(this.#context, definition, this.#status.pointer);
        this.#status.throwIfFailed("TFE_ContextAddFunction");
      } finally {
        this.#tensorflow.TF_DeleteFunction(definition);
      }
    }
    this.#functions.set(name, users + 1);
  }

  /** One more user of a function that has been added. */
  retainFunction(name: string): void {
    const users = this.#functions.get(name);
    if (users === undefined) throw new Error(`There is no function ${name}; it was never added, or has been removed.`);
    this.#functions.set(name, users + 1);
  }

  removeFunction(name: string): void {
    const users = this.#functions.get(name) ?? 0;
    if (users > 1) {
      this.#functions.set(name, users - 1);
      return;
    }
    try {
      this.settle();
    } catch {
      // Who wants to know whether a call failed has read its results.
    }
    this.#functions.delete(name);
    this.#tensorflow.TFE_ContextRemoveFunction(this.#context, name, this.#status.pointer);
    this.#status.throwIfFailed("TFE_ContextRemoveFunction");
  }

  /**
   * Runs a function behind those that were called before, while the caller goes on. Whatever else uses its results or the variables
   * waits for it.
   *
   * @param explain says more of an error, which may come with any later call
   * @returns the new tensors' numbers
   */
  callFunction(
    name: string,
    attributes: readonly OpAttribute[],
    inputIds: readonly number[],
    outputCount: number,
    explain: Explain = () => undefined,
  ): number[] {
    if (!this.#queue.takes(name)) this.settle();
    const inputs = BigUint64Array.from(inputIds, (id) => this.#handle(id, name));
    try {
      const outputs = this.#queue.run(name, () => this.#execute(name, attributes, inputs, outputCount), explain);
      return outputs.map((handle) => this.#keep(handle));
    } finally {
      if (this.#queue.isEmpty) this.#deleteReleased();
    }
  }

  /** Waits until all functions that were called have run. @throws {TensorFlowError} what one of them failed with, once */
  settle(): void {
    if (this.#queue.isEmpty) return;
    try {
      this.#queue.settle();
    } finally {
      this.#deleteReleased();
    }
  }

  /** The same in a thread of its own: for a function that TensorFlow compiles when it is called for the first time. */
  async callFunctionInBackground(
    name: string,
    attributes: readonly OpAttribute[],
    inputIds: readonly number[],
    outputCount: number,
  ): Promise<number[]> {
    this.settle();
    const tensorflow = this.#tensorflow;
    const status = new Status(tensorflow);
    const op = this.#newOp(
      name,
      attributes,
      BigUint64Array.from(inputIds, (id) => this.#handle(id, name)),
    );
    const outputs = new BigUint64Array(outputCount);
    const count = Int32Array.of(outputCount);
    try {
      await new Promise<void>((resolve, reject) => {
        tensorflow.TFE_Execute.async(op, outputs, count, status.pointer, (error) => {
          if (error === null) resolve();
          else reject(error);
        });
      });
      status.throwIfFailed(name);
      return Array.from(outputs.subarray(0, count[0]), (handle) => this.#keep(handle as Handle));
    } finally {
      tensorflow.TFE_DeleteOp(op);
      status.dispose();
    }
  }

  loadSavedModel(folder: string, tags: string): number {
    return this.#savedModels.load(folder, tags.split(","));
  }

  deleteSavedModel(id: number): void {
    this.#savedModels.delete(id);
  }

  runSavedModel(id: number, inputIds: readonly number[], inputNames: string, outputNames: string): TensorMetadata[] {
    this.settle();
    const inputs: Pointer<"TF_Tensor">[] = [];
    try {
      for (const inputId of inputIds) inputs.push(this.#resolve(this.#handle(inputId, "runSavedModel")));
      const outputs = this.#savedModels.run(id, inputs, splitNames(inputNames), splitNames(outputNames));
      return outputs.map((tensor) => {
        const handle = this.#newHandle(tensor);
        this.#tensorflow.TF_DeleteTensor(tensor);
        return this.describe(this.#keep(handle));
      });
    } finally {
      inputs.forEach((tensor) => this.#tensorflow.TF_DeleteTensor(tensor));
    }
  }

  getNumOfSavedModels(): number {
    return this.#savedModels.size;
  }

  getNumOfTensors(): number {
    return this.#handles.size - this.#released.length;
  }

  isUsingGpuDevice(): boolean {
    return this.device.type === "GPU";
  }

  dispose(): void {
    this.#queue.dispose();
    for (const id of [...this.#handles.keys()]) this.deleteTensor(id);
    this.#savedModels.dispose();
    this.definitions.dispose();
    this.#tensorflow.TFE_DeleteContext(this.#context);
    this.#status.dispose();
  }

  #deleteReleased(): void {
    const released = this.#released;
    this.#released = [];
    for (const id of released) this.deleteTensor(id);
  }

  /** @param inputs in one piece where they are a function's: its arguments are many, and know no lists */
  #execute(
    opName: string,
    attributes: readonly OpAttribute[],
    inputs: readonly Handle[] | BigUint64Array,
    outputCount: number,
  ): Handle[] {
    const tensorflow = this.#tensorflow;
    const status = this.#status;
    const op = this.#newOp(opName, attributes, inputs);
    try {
      if (this.#outputs.length < outputCount) this.#outputs = new BigUint64Array(outputCount);
      this.#outputCount[0] = outputCount;
      tensorflow.TFE_Execute(op, this.#outputs, this.#outputCount, status.pointer);
      status.throwIfFailed(opName);
      return Array.from(this.#outputs.subarray(0, this.#outputCount[0])) as Handle[];
    } finally {
      tensorflow.TFE_DeleteOp(op);
    }
  }

  /** An operation with all that it needs to be executed. The caller deletes it. */
  #newOp(opName: string, attributes: readonly OpAttribute[], inputs: readonly Handle[] | BigUint64Array): Pointer<"TFE_Op"> {
    const tensorflow = this.#tensorflow;
    const status = this.#status;
    const op = tensorflow.TFE_NewOp(this.#context, opName, status.pointer);
    status.throwIfFailed(opName);
    try {
      if (inputs instanceof BigUint64Array) {
        tensorflow.TFE_OpAddInputList(op, inputs, inputs.length, status.pointer);
        status.throwIfFailed(opName);
      } else {
        for (const input of inputs) {
          tensorflow.TFE_OpAddInput(op, input, status.pointer);
          status.throwIfFailed(opName);
        }
      }
      const sink = this.#attributes.of(op, opName);
      for (const attribute of attributes) setAttribute(sink, attribute, opName);
      return op;
    } catch (error) {
      tensorflow.TFE_DeleteOp(op);
      throw error;
    }
  }

  /** Given too many inputs, TensorFlow 2.15 reads beyond the end of a list and crashes. */
  #refuseTooManyInputs(opName: string, received: number): void {
    const { inputs } = this.definitions.get(opName);
    if (received <= inputs.length || inputs.some(isList)) return;
    const names = inputs.map(({ name }) => name).join(", ");
    throw new Error(`${opName}: expected no inputs but ${names || "none"}; received ${received}.`);
  }

  #keep(handle: Handle): number {
    const id = this.#nextId++;
    this.#handles.set(id, handle);
    return id;
  }

  #handle(id: number, user: string): Handle {
    const handle = this.#handles.get(id);
    if (handle !== undefined) return handle;
    if (isRecorded(id)) {
      throw new Error(`${user}: a tensor that was kept when a step was captured has no values. Keep none in a step's code.`);
    }
    throw new Error(`${user}: there is no tensor ${id}; it was never created, or has been deleted.`);
  }

  #newHandle(tensor: Pointer<"TF_Tensor">): Handle {
    const handle = this.#tensorflow.TFE_NewTensorHandle(tensor, this.#status.pointer);
    this.#status.throwIfFailed("TFE_NewTensorHandle");
    return handle;
  }

  #resolve(handle: Handle): Pointer<"TF_Tensor"> {
    const tensor = this.#tensorflow.TFE_TensorHandleResolve(handle, this.#status.pointer);
    this.#status.throwIfFailed("TFE_TensorHandleResolve");
    return tensor;
  }

  /** Kernels for a GPU want their 32-bit integers in the host's memory. */
  #placeOnDevice(handle: Handle, dtype: number): Handle {
    if (this.device.type === "CPU" || dtype === DataType.INT32) return handle;
    const tensorflow = this.#tensorflow;
    try {
      const placed = tensorflow.TFE_TensorHandleCopyToDevice(handle, this.#context, this.device.name, this.#status.pointer);
      this.#status.throwIfFailed("TFE_TensorHandleCopyToDevice");
      return placed;
    } finally {
      tensorflow.TFE_DeleteTensorHandle(handle);
    }
  }

  /**
   * A handle on a copy of the strings whose memory TensorFlow manages. TensorFlow never destroys strings that were
   * written from outside, and other tensors (of a reshape, say) share them, so nobody could say when to free them.
   */
  #adoptStrings(tensor: Pointer<"TF_Tensor">): Handle {
    const tensorflow = this.#tensorflow;
    const handle = this.#newHandle(tensor);
    try {
      const [copy] = this.#execute("DeepCopy", [], [handle], 1);
      if (copy === undefined) throw new Error("DeepCopy: TensorFlow returned nothing.");
      return copy;
    } finally {
      tensorflow.TFE_DeleteTensorHandle(handle);
      deallocateStrings(tensorflow, tensorflow.TF_TensorData(tensor), tensorflow.TF_TensorElementCount(tensor));
    }
  }
}

function splitNames(names: string): string[] {
  return names === "" ? [] : names.split(",");
}
