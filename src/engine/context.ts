import type { LibTensorFlow } from "./libtensorflow";
import type { Pointer } from "./pointer";
import { bytesField, message, varintField } from "./protobuf";
import type { Status } from "./status";

/** Sizes of TensorFlow's thread pools: threads within one operation, and operations at a time. */
export interface ThreadCounts {
  readonly intraOp: number;
  readonly interOp: number;
}

export interface Device {
  /** e.g. `/job:localhost/replica:0/task:0/device:CPU:0` */
  readonly name: string;
  readonly type: "CPU" | "GPU";
}

/** @see tensorflow/core/protobuf/config.proto */
function encodeConfig(threads: ThreadCounts): Uint8Array {
  const INTRA_OP_PARALLELISM_THREADS = 2;
  const INTER_OP_PARALLELISM_THREADS = 5;
  const GPU_OPTIONS = 6;
  const ALLOW_GROWTH = 4;
  return message(
    varintField(INTRA_OP_PARALLELISM_THREADS, threads.intraOp),
    varintField(INTER_OP_PARALLELISM_THREADS, threads.interOp),
    bytesField(GPU_OPTIONS, varintField(ALLOW_GROWTH, 1)),
  );
}

export function newContext(tensorflow: LibTensorFlow, threads: ThreadCounts, status: Status): Pointer<"TFE_Context"> {
  const options = tensorflow.TFE_NewContextOptions();
  try {
    const config = encodeConfig(threads);
    tensorflow.TFE_ContextOptionsSetConfig(options, config, config.length, status.pointer);
    status.throwIfFailed("TFE_ContextOptionsSetConfig");
    const context = tensorflow.TFE_NewContext(options, status.pointer);
    status.throwIfFailed("TFE_NewContext");
    return context;
  } finally {
    tensorflow.TFE_DeleteContextOptions(options);
  }
}

/** The device that tensors live on, chosen as tfjs-node chooses it: the last GPU listed, else the CPU. */
export function chooseDevice(tensorflow: LibTensorFlow, context: Pointer<"TFE_Context">, status: Status): Device {
  const list = tensorflow.TFE_ContextListDevices(context, status.pointer);
  status.throwIfFailed("TFE_ContextListDevices");
  try {
    const devices = Array.from({ length: tensorflow.TF_DeviceListCount(list) }, (_, index) => {
      const name = tensorflow.TF_DeviceListName(list, index, status.pointer);
      const type = tensorflow.TF_DeviceListType(list, index, status.pointer);
      status.throwIfFailed("TF_DeviceListType");
      return { name, type };
    });
    const gpu = devices.findLast(({ type }) => type === "GPU");
    if (gpu) return { name: gpu.name, type: "GPU" };
    const cpu = devices.findLast(({ type }) => type === "CPU");
    if (cpu) return { name: cpu.name, type: "CPU" };
    throw new Error(`TensorFlow lists neither a GPU nor a CPU; it lists ${JSON.stringify(devices)}.`);
  } finally {
    tensorflow.TF_DeleteDeviceList(list);
  }
}
