import type { LibTensorFlow } from "./libtensorflow";
import { int64Array, NULL, type Pointer } from "./pointer";
import type { Status } from "./status";

/** `TF_AttrType`. */
export const AttributeType = { STRING: 0, INT: 1, FLOAT: 2, BOOL: 3, TYPE: 4, SHAPE: 5 } as const;

/** An attribute of an operation as tfjs-node's kernels give it. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** Takes attributes for one operation in the making, be it one that executes or one that is added to a graph. */
export interface AttributeSink {
  string(name: string, value: Uint8Array): void;
  int(name: string, value: number): void;
  intList(name: string, values: BigInt64Array): void;
  float(name: string, value: number): void;
  floatList(name: string, values: Float32Array): void;
  bool(name: string, value: boolean): void;
  boolList(name: string, values: Uint8Array): void;
  type(name: string, value: number): void;
  typeList(name: string, values: Int32Array): void;
  shape(name: string, dimensions: BigInt64Array): void;
}

/**
 * @param opName for errors
 * @throws {TypeError} when the value does not fit the attribute's type
 */
export function setAttribute(sink: AttributeSink, attribute: OpAttribute, opName: string): void {
  const { name, type, value } = attribute;
  switch (type) {
    case AttributeType.TYPE:
      if (isNumber(value)) sink.type(name, value);
      else if (isListOf(value, isNumber)) sink.typeList(name, Int32Array.from(value));
      else throw wrongValue(attribute, opName);
      return;
    case AttributeType.INT:
      if (isNumber(value)) sink.int(name, value);
      else if (isListOf(value, isNumber)) sink.intList(name, int64Array(value));
      else throw wrongValue(attribute, opName);
      return;
    case AttributeType.FLOAT:
      if (isNumber(value)) sink.float(name, value);
      else if (isListOf(value, isNumber)) sink.floatList(name, Float32Array.from(value));
      else throw wrongValue(attribute, opName);
      return;
    case AttributeType.BOOL:
      if (isBoolean(value)) sink.bool(name, value);
      else if (isListOf(value, isBoolean)) sink.boolList(name, Uint8Array.from(value, Number));
      else throw wrongValue(attribute, opName);
      return;
    case AttributeType.STRING:
      if (typeof value !== "string") throw wrongValue(attribute, opName);
      sink.string(name, Buffer.from(value));
      return;
    case AttributeType.SHAPE:
      if (!isListOf(value, isNumber)) throw wrongValue(attribute, opName);
      sink.shape(name, int64Array(value));
      return;
    default:
      throw wrongValue(attribute, opName);
  }
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

function isListOf<T>(value: unknown, isElement: (element: unknown) => element is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isElement);
}

function wrongValue({ name, type, value }: OpAttribute, opName: string): TypeError {
  const typeName = Object.entries(AttributeType).find(([, number]) => number === type)?.[0] ?? "unknown";
  return new TypeError(
    `${opName}: the attribute "${name}" of the type ${typeName} (${type}) cannot be ${JSON.stringify(value)}.`,
  );
}

/** Sets the attributes of one operation after another that execute. */
export class EagerAttributes implements AttributeSink {
  readonly #tensorflow: LibTensorFlow;
  readonly #status: Status;
  #op: Pointer<"TFE_Op"> = NULL;
  #opName = "";

  constructor(tensorflow: LibTensorFlow, status: Status) {
    this.#tensorflow = tensorflow;
    this.#status = status;
  }

  of(op: Pointer<"TFE_Op">, opName: string): this {
    this.#op = op;
    this.#opName = opName;
    return this;
  }

  string(name: string, value: Uint8Array): void {
    this.#tensorflow.TFE_OpSetAttrString(this.#op, name, value, value.length);
  }

  int(name: string, value: number): void {
    this.#tensorflow.TFE_OpSetAttrInt(this.#op, name, value);
  }

  intList(name: string, values: BigInt64Array): void {
    this.#tensorflow.TFE_OpSetAttrIntList(this.#op, name, values, values.length);
  }

  float(name: string, value: number): void {
    this.#tensorflow.TFE_OpSetAttrFloat(this.#op, name, value);
  }

  floatList(name: string, values: Float32Array): void {
    this.#tensorflow.TFE_OpSetAttrFloatList(this.#op, name, values, values.length);
  }

  bool(name: string, value: boolean): void {
    this.#tensorflow.TFE_OpSetAttrBool(this.#op, name, Number(value));
  }

  boolList(name: string, values: Uint8Array): void {
    this.#tensorflow.TFE_OpSetAttrBoolList(this.#op, name, values, values.length);
  }

  type(name: string, value: number): void {
    this.#tensorflow.TFE_OpSetAttrType(this.#op, name, value);
  }

  typeList(name: string, values: Int32Array): void {
    this.#tensorflow.TFE_OpSetAttrTypeList(this.#op, name, values, values.length);
  }

  shape(name: string, dimensions: BigInt64Array): void {
    this.#tensorflow.TFE_OpSetAttrShape(this.#op, name, dimensions, dimensions.length, this.#status.pointer);
    this.#status.throwIfFailed(this.#opName);
  }
}
