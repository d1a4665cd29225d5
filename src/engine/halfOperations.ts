import type { TensorFlowBinding, TensorMetadata } from "./binding";
import { DataType } from "./dataTypes";
import { AttributeType, type OpAttribute } from "./opAttributes";

/** The operations computed in 16 bits, with the places of their inputs of type T: nearly all work of a step is in these. */
const HALF_OPERATIONS: Readonly<Record<string, readonly number[]>> = {
  MatMul: [0, 1],
  BatchMatMulV2: [0, 1],
  Conv2D: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  Conv3D: [0, 1],
  Conv3DBackpropInputV2: [1, 2],
  Conv3DBackpropFilterV2: [0, 2],
  DepthwiseConv2dNative: [0, 1],
  DepthwiseConv2dNativeBackpropInput: [1, 2],
  DepthwiseConv2dNativeBackpropFilter: [0, 2],
};

/** Whether an operation with these attributes is one that mixed precision computes in 16 bits. */
export function isHalfOperation(opName: string, attributes: readonly OpAttribute[]): boolean {
  return Object.hasOwn(HALF_OPERATIONS, opName) && attributes.some(({ name, value }) => name === "T" && value === DataType.FLOAT);
}

/** An operation on 32-bit floats computed in 16 bits. */
export function executeInHalf(
  binding: TensorFlowBinding,
  halfType: number,
  opName: string,
  attributes: readonly OpAttribute[],
  inputIds: readonly number[],
): TensorMetadata {
  const temporary: number[] = [];
  const toHalf = (id: number): number => {
    const half = cast(binding, id, DataType.FLOAT, halfType).id;
    temporary.push(half);
    return half;
  };
  try {
    const places = HALF_OPERATIONS[opName] ?? [];
    const halfInputs = inputIds.map((id, place) => (places.includes(place) ? toHalf(id) : id));
    const halfAttributes = attributes.map((attribute) => (attribute.name === "T" ? typeAttribute("T", halfType) : attribute));
    const result = only(binding.executeOp(opName, halfAttributes, halfInputs, 1), opName);
    temporary.push(result.id);
    return cast(binding, result.id, halfType, DataType.FLOAT);
  } finally {
    for (const id of temporary) binding.deleteTensor(id);
  }
}

function cast(binding: TensorFlowBinding, id: number, from: number, to: number): TensorMetadata {
  return only(binding.executeOp("Cast", [typeAttribute("SrcT", from), typeAttribute("DstT", to)], [id], 1), "Cast");
}

function only([result]: readonly TensorMetadata[], opName: string): TensorMetadata {
  if (result === undefined) throw new Error(`${opName}: TensorFlow returned nothing.`);
  return result;
}

const typeAttribute = (name: string, value: number): OpAttribute => ({ name, type: AttributeType.TYPE, value });
