import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import { TensorMetadata } from "../binding";
import { AttributeType, type OpAttribute } from "../opAttributes";
import type { Variables } from "../variables";
import type { TensorSpec } from "./capturedStep";
import type { RecordableBackend } from "./recordableBackend";

/**
 * `ResourceHandle::ANONYMOUS_NAME`: each variable that is made under it is a new one. Under a name of our own it would be a new one too, but
 * TensorFlow keeps what it prepared for that name for ever.
 */
const ANONYMOUS_NAME = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/** TensorFlow's own variables: a step is given their handles, and changes their values in place. */
export class ResourceVariables implements Variables {
  /** The handles' numbers in the binding. */
  readonly ids: readonly number[];
  readonly specs: readonly TensorSpec[];
  readonly #backend: RecordableBackend;
  #disposed = false;

  constructor(backend: RecordableBackend, values: readonly Tensor[]) {
    this.#backend = backend;
    this.specs = backend.getInputTensorIds(values).map((id) => backend.eager.describe(id));
    this.ids = this.specs.map(({ shape, dtype }) =>
      this.#run("VarHandleOp", [
        { name: "dtype", type: AttributeType.TYPE, value: dtype },
        { name: "shape", type: AttributeType.SHAPE, value: shape },
        { name: "shared_name", type: AttributeType.STRING, value: ANONYMOUS_NAME },
      ]),
    );
    this.assign(values);
  }

  get length(): number {
    return this.ids.length;
  }

  read(index: number): Tensor {
    const [id, spec] = [this.ids[index], this.specs[index]];
    if (id === undefined || spec === undefined) throw new RangeError(`There is no variable ${index}; there are ${this.length}.`);
    const value = this.#run("ReadVariableOp", [dtypeOf(spec.dtype)], id);
    return this.#backend.createOutputTensor(new TensorMetadata(value, [...spec.shape], spec.dtype));
  }

  assign(values: readonly Tensor[]): void {
    if (values.length !== this.length) throw new RangeError(`Expected ${this.length} values; received ${values.length}.`);
    const valueIds = this.#backend.getInputTensorIds(values);
    this.ids.forEach((id, index) => {
      const { dtype } = this.specs[index] as TensorSpec;
      this.#backend.eager.executeOp("AssignVariableOp", [dtypeOf(dtype)], [id, valueIds[index] as number], 0);
    });
  }

  /** Variables of their own with the same values. */
  copy(): ResourceVariables {
    const values = this.ids.map((_, index) => this.read(index));
    try {
      return new ResourceVariables(this.#backend, values);
    } finally {
      dispose(values);
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const { eager } = this.#backend;
    for (const id of this.ids) {
      eager.executeOp("DestroyResourceOp", [], [id], 0);
      eager.deleteTensor(id);
    }
  }

  /** @returns the number of the only output */
  #run(opName: string, attributes: readonly OpAttribute[], ...inputs: readonly number[]): number {
    const [output] = this.#backend.eager.executeOp(opName, attributes, inputs, 1);
    if (!output) throw new Error(`${opName}: TensorFlow returned nothing.`);
    return output.id;
  }
}

/** @throws {TypeError} for variables of another engine */
export function resourceVariables(variables: Variables): ResourceVariables {
  if (variables instanceof ResourceVariables) return variables;
  throw new TypeError("A captured step takes variables that were made when TensorFlow was the engine.");
}

const dtypeOf = (dtype: number): OpAttribute => ({ name: "dtype", type: AttributeType.TYPE, value: dtype });
