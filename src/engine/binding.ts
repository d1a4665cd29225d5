import { DataType } from "./dataTypes";
import { AttributeType, type OpAttribute } from "./opAttributes";
import type { TensorValues } from "./tensors";

/** A tensor as tfjs-node's kernels know it: its number in the binding, shape, and `TF_DataType`. */
export class TensorMetadata {
  constructor(
    readonly id: number,
    readonly shape: number[],
    readonly dtype: number,
  ) {}
}

export class TFEOpAttr implements OpAttribute {
  constructor(
    readonly name: string,
    readonly type: number,
    readonly value: unknown,
  ) {}
}

/**
 * What tfjs-node's kernels see of TensorFlow (its `TFJSBinding`). A binding decides what becomes of an operation:
 * `EagerBinding` executes it; one that adds it to a graph records a step instead.
 */
export abstract class TensorFlowBinding {
  readonly TensorMetadata = TensorMetadata;
  readonly TFEOpAttr = TFEOpAttr;

  readonly TF_FLOAT = DataType.FLOAT;
  readonly TF_INT32 = DataType.INT32;
  readonly TF_INT64 = DataType.INT64;
  readonly TF_BOOL = DataType.BOOL;
  readonly TF_COMPLEX64 = DataType.COMPLEX64;
  readonly TF_STRING = DataType.STRING;
  readonly TF_RESOURCE = DataType.RESOURCE;
  readonly TF_UINT8 = DataType.UINT8;

  readonly TF_ATTR_STRING = AttributeType.STRING;
  readonly TF_ATTR_INT = AttributeType.INT;
  readonly TF_ATTR_FLOAT = AttributeType.FLOAT;
  readonly TF_ATTR_BOOL = AttributeType.BOOL;
  readonly TF_ATTR_TYPE = AttributeType.TYPE;
  readonly TF_ATTR_SHAPE = AttributeType.SHAPE;

  abstract readonly TF_Version: string;

  /** A new tensor that holds a copy of the values; see `newTensor` for what they may be. */
  abstract createTensor(shape: readonly number[], dtype: number, values: TensorValues): number;
  abstract deleteTensor(id: number): void;
  abstract tensorDataSync(id: number): TensorValues;
  /** @throws {TensorFlowError} naming the operation when TensorFlow refuses it, its inputs or its attributes */
  abstract executeOp(
    opName: string,
    attributes: readonly OpAttribute[],
    inputIds: readonly number[],
    outputCount: number,
  ): TensorMetadata[];

  /** @param tags separated by commas, e.g. `"serve"` */
  abstract loadSavedModel(folder: string, tags: string): number;
  abstract deleteSavedModel(id: number): void;
  /** @param inputNames, outputNames graph tensors separated by commas */
  abstract runSavedModel(id: number, inputIds: readonly number[], inputNames: string, outputNames: string): TensorMetadata[];

  abstract getNumOfSavedModels(): number;
  abstract getNumOfTensors(): number;
  abstract isUsingGpuDevice(): boolean;
  abstract dispose(): void;
}
