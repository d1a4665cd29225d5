import type { LibTensorFlow } from "./libtensorflow";
import { int64Array, type Pointer } from "./pointer";
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

/** @throws {TypeError} when the value does not fit the attribute's type */
export function setAttribute(sink: AttributeSink, { name, type, value }: OpAttribute): void {
  const list = isList(value);
  switch (type) {
    case AttributeType.TYPE:
      if (isNumber(value)) return sink.type(name, value);
      if (list && value.every(isNumber)) return sink.typeList(name, Int32Array.from(value));
      break;
    case AttributeType.INT:
      if (isNumber(value)) return sink.int(name, value);
      if (list && value.every(isNumber)) return sink.intList(name, int64Array(value));
      break;
    case AttributeType.FLOAT:
      if (isNumber(value)) return sink.float(name, value);
      if (list && value.every(isNumber)) return sink.floatList(name, Float32Array.from(value));
      break;
    case AttributeType.BOOL:
      if (typeof value === "boolean") return sink.bool(name, value);
      if (list && value.every((element) => typeof element === "boolean")) {
        return sink.boolList(name, Uint8Array.from(value, Number));
      }
      break;
    case AttributeType.STRING:
      if (typeof value === "string") return sink.string(name, Buffer.from(value));
      break;
    case AttributeType.SHAPE:
      if (list && value.every(isNumber)) return sink.shape(name, int64Array(value));
      break;
  }
  throw new TypeError(`The attribute "${name}" of the type ${attributeTypeName(type)} cannot be ${JSON.stringify(value)}.`);
}

const isNumber = (value: unknown): value is number => typeof value === "number";

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function attributeTypeName(type: number): string {
  return Object.entries(AttributeType).find(([, value]) => value === type)?.[0] ?? String(type);
}

/** Sets the attributes of operations that execute. */
export function eagerAttributes(tensorflow: LibTensorFlow, op: Pointer<"TFE_Op">, status: Status): AttributeSink {
  return {
    string: (name, value) => tensorflow.TFE_OpSetAttrString(op, name, value, value.length),
    int: (name, value) => tensorflow.TFE_OpSetAttrInt(op, name, value),
    intList: (name, values) => tensorflow.TFE_OpSetAttrIntList(op, name, values, values.length),
    float: (name, value) => tensorflow.TFE_OpSetAttrFloat(op, name, value),
    floatList: (name, values) => tensorflow.TFE_OpSetAttrFloatList(op, name, values, values.length),
    bool: (name, value) => tensorflow.TFE_OpSetAttrBool(op, name, Number(value)),
    boolList: (name, values) => tensorflow.TFE_OpSetAttrBoolList(op, name, values, values.length),
    type: (name, value) => tensorflow.TFE_OpSetAttrType(op, name, value),
    typeList: (name, values) => tensorflow.TFE_OpSetAttrTypeList(op, name, values, values.length),
    shape: (name, dimensions) => {
      tensorflow.TFE_OpSetAttrShape(op, name, dimensions, dimensions.length, status.pointer);
      status.throwIfFailed(name);
    },
  };
}
