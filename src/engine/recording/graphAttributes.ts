import type { LibTensorFlow } from "../libtensorflow";
import type { AttributeSink } from "../opAttributes";
import type { Pointer } from "../pointer";

/** Sets the attributes of one operation that is being added to a graph. */
export class GraphAttributes implements AttributeSink {
  readonly #tensorflow: LibTensorFlow;
  readonly #operation: Pointer<"TF_OperationDescription">;

  constructor(tensorflow: LibTensorFlow, operation: Pointer<"TF_OperationDescription">) {
    this.#tensorflow = tensorflow;
    this.#operation = operation;
  }

  string(name: string, value: Uint8Array): void {
    this.#tensorflow.TF_SetAttrString(this.#operation, name, value, value.length);
  }

  int(name: string, value: number): void {
    this.#tensorflow.TF_SetAttrInt(this.#operation, name, value);
  }

  intList(name: string, values: BigInt64Array): void {
    this.#tensorflow.TF_SetAttrIntList(this.#operation, name, values, values.length);
  }

  float(name: string, value: number): void {
    this.#tensorflow.TF_SetAttrFloat(this.#operation, name, value);
  }

  floatList(name: string, values: Float32Array): void {
    this.#tensorflow.TF_SetAttrFloatList(this.#operation, name, values, values.length);
  }

  bool(name: string, value: boolean): void {
    this.#tensorflow.TF_SetAttrBool(this.#operation, name, Number(value));
  }

  boolList(name: string, values: Uint8Array): void {
    this.#tensorflow.TF_SetAttrBoolList(this.#operation, name, values, values.length);
  }

  type(name: string, value: number): void {
    this.#tensorflow.TF_SetAttrType(this.#operation, name, value);
  }

  typeList(name: string, values: Int32Array): void {
    this.#tensorflow.TF_SetAttrTypeList(this.#operation, name, values, values.length);
  }

  shape(name: string, dimensions: BigInt64Array): void {
    this.#tensorflow.TF_SetAttrShape(this.#operation, name, dimensions, dimensions.length);
  }
}
