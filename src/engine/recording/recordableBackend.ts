import type { backend_util, DataId, DataType, KernelBackend, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import type { TensorFlowBinding, TensorMetadata } from "../binding";
import type { EagerBinding } from "../eagerBinding";
import { executeInHalf, isHalfOperation } from "../halfOperations";
import type { OpAttribute } from "../opAttributes";
import type { TensorValues } from "../tensors";
import { tensorSignature } from "./operations";
import { isRecorded, type RecordingBinding } from "./recordingBinding";

/** A tensor of tfjs as its backend holds it. */
interface TensorEntry {
  readonly shape: number[];
  readonly dtype: number;
  /** Its number in the binding. */
  id: number;
  /** Its values, as long as no operation has used it. */
  values: TensorValues | null;
  readonly refCount: number;
}

interface TensorEntries {
  has(dataId: DataId): boolean;
  get(dataId: DataId): TensorEntry;
}

/** What tfjs-node declares as private, and a recording must see. */
interface NodeBackend extends KernelBackend {
  binding: TensorFlowBinding;
  readonly tensorMap: TensorEntries;
  createOutputTensor(metadata: TensorMetadata): Tensor;
  executeSingleOutput(opName: string, attributes: readonly OpAttribute[], inputs: readonly TensorInfo[]): Tensor;
  executeMultipleOutputs(
    opName: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorInfo[],
    outputCount: number,
  ): Tensor[];
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  move(dataId: DataId, values: backend_util.BackendValues, shape: number[], dtype: DataType, refCount: number): void;
}

const NodeBackend = NodeJSKernelBackend as unknown as new (binding: TensorFlowBinding, packageName: string) => NodeBackend;

/** tfjs-node's kernels on a binding that gives way to another one while a step is being recorded. */
export class RecordableBackend extends NodeBackend {
  readonly eager: EagerBinding;
  #recording: RecordingBinding | undefined;
  /** The 16-bit type that matrix products and convolutions are computed in. */
  #halfType: number | undefined;
  /** The data of tensors made since the recording began. */
  readonly #recorded = new Set<DataId>();

  constructor(eager: EagerBinding) {
    super(eager, "@tensorflow/tfjs-node-gpu");
    this.eager = eager;
  }

  /**
   * Runs `body` with its operations recorded.
   *
   * @param valuesOf computes recorded tensors that are left when `body` has ended: who keeps them goes on with their values
   * @throws {UncapturableError} when something was refused, or tensors are left that were recorded
   */
  record<T>(recording: RecordingBinding, body: () => T, valuesOf: (ids: readonly number[]) => number[]): T {
    if (this.#recording) throw new Error("A step is being captured already; another one cannot be captured inside it.");
    this.#recording = recording;
    this.binding = recording;
    try {
      const result = body();
      this.#refuseKept(recording);
      recording.throwIfRefused();
      return result;
    } finally {
      this.binding = this.eager;
      this.#recording = undefined;
      this.#computeKept(valuesOf);
    }
  }

  /** Runs `body` with its matrix products and convolutions in a 16-bit type. */
  computeIn<T>(halfType: number, body: () => T): T {
    const outer = this.#halfType;
    this.#halfType = halfType;
    try {
      return body();
    } finally {
      this.#halfType = outer;
    }
  }

  override executeSingleOutput(opName: string, attributes: readonly OpAttribute[], inputs: readonly TensorInfo[]): Tensor {
    if (this.#halfType === undefined || !isHalfOperation(opName, attributes)) {
      return super.executeSingleOutput(opName, attributes, inputs);
    }
    const ids = this.getInputTensorIds(inputs);
    return this.createOutputTensor(executeInHalf(this.binding, this.#halfType, opName, attributes, ids));
  }

  override createOutputTensor(metadata: TensorMetadata): Tensor {
    const tensor = super.createOutputTensor(metadata);
    if (this.#recording) this.#recorded.add(tensor.dataId);
    return tensor;
  }

  override move(dataId: DataId, values: backend_util.BackendValues, shape: number[], dtype: DataType, refCount: number): void {
    super.move(dataId, values, shape, dtype, refCount);
    if (this.#recording) this.#recorded.add(dataId);
  }

  override getInputTensorIds(tensors: readonly TensorInfo[]): number[] {
    if (this.#recording) tensors.forEach(({ dataId }) => this.#materialize(dataId));
    return super.getInputTensorIds(tensors);
  }

  override readSync(dataId: DataId): backend_util.BackendValues {
    if (this.#recording) throw this.#refuseReading(this.#recording, dataId);
    return super.readSync(dataId);
  }

  override read(dataId: DataId): Promise<backend_util.BackendValues> {
    if (!this.#recording) return super.read(dataId);
    this.#refuseReading(this.#recording, dataId);
    // A step that is not waited for would make a rejection nobody handles; the recording fails anyway.
    return new Promise(() => undefined);
  }

  override disposeData(dataId: DataId, force?: boolean): boolean {
    const isLast = force === true || this.refCount(dataId) === 1;
    if (this.#recording && isLast && this.tensorMap.has(dataId) && !this.#recorded.delete(dataId)) {
      throw this.#recording.refuse("The step disposes a tensor that was there before it.");
    }
    return super.disposeData(dataId, force);
  }

  /** Values from before the recording go to TensorFlow as they are; else they would become a constant of the step. */
  #materialize(dataId: DataId): void {
    if (this.#recorded.has(dataId) || !this.tensorMap.has(dataId)) return;
    const entry = this.tensorMap.get(dataId);
    if (entry.values === null) return;
    entry.id = this.eager.createTensor(entry.shape, entry.dtype, entry.values);
    entry.values = null;
  }

  #refuseKept(recording: RecordingBinding): void {
    const [first] = this.#recorded;
    if (first === undefined) return;
    const { id } = this.tensorMap.get(first);
    const reason = `The step keeps tensors beyond its end (${this.#recorded.size} of them), e.g. by tf.keep.`;
    recording.refuse(reason, isRecorded(id) ? recording.originOf(id) : undefined);
  }

  #computeKept(valuesOf: (ids: readonly number[]) => number[]): void {
    const kept = [...this.#recorded].map((dataId) => this.tensorMap.get(dataId)).filter(({ id }) => isRecorded(id));
    this.#recorded.clear();
    if (kept.length === 0) return;
    const ids = valuesOf(kept.map(({ id }) => id));
    kept.forEach((entry, index) => (entry.id = ids[index] ?? entry.id));
  }

  #refuseReading(recording: RecordingBinding, dataId: DataId): Error {
    const { shape, dtype } = this.tensorMap.get(dataId);
    return recording.refuse(`The step reads the values of a tensor (${tensorSignature(shape, dtype)}) in JavaScript.`);
  }
}
