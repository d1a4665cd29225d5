import { type KernelFunc, registerKernel, type Tensor } from "@tensorflow/tfjs-core";
import { RecordableBackend } from "../recording/recordableBackend";
import { DataType } from "../dataTypes";
import { AttributeType, type OpAttribute } from "../opAttributes";
import { hasKernel } from "./registry";

/** XLA does not know them: a step that it shall compile is recorded without them. */
export const LSTM_BLOCK_KERNELS = ["BlockLSTMV2", "LSTMBlockCellGrad"];

const INPUTS = ["x", "cs_prev", "h_prev", "w", "wci", "wcf", "wco", "b"];
const STEP_GRADIENT_INPUTS = [...INPUTS, "i", "cs", "f", "o", "ci", "co", "cs_grad", "h_grad"];
const FLOATS: OpAttribute = { name: "T", type: AttributeType.TYPE, value: DataType.FLOAT };

/** TensorFlow's operations for all steps of an LSTM and for a step's gradient, as kernels of the same names, inputs and settings. */
export function registerLSTMBlock(backendName: string): void {
  if (hasKernel("BlockLSTMV2", backendName)) return;
  registerKernel({ kernelName: "BlockLSTMV2", backendName, kernelFunc: runSequence });
  registerKernel({ kernelName: "LSTMBlockCellGrad", backendName, kernelFunc: runStepGradient });
}

const runSequence: KernelFunc = ({ inputs, attrs, backend }) => {
  const node = tensorFlow(backend);
  const tensors = INPUTS.map((name) => inputs[name] as Tensor);
  const [steps = 0] = tensors[0]?.shape ?? [];
  // tfjs has no tensors of this type.
  const stepCount = node.binding.createTensor([], DataType.INT64, Int32Array.of(steps, 0));
  try {
    const ids = [stepCount, ...node.getInputTensorIds(tensors)];
    const attributes = [FLOATS, ...settings(attrs)];
    return node.binding.executeOp("BlockLSTMV2", attributes, ids, 7).map((metadata) => node.createOutputTensor(metadata));
  } finally {
    node.binding.deleteTensor(stepCount);
  }
};

const runStepGradient: KernelFunc = ({ inputs, attrs, backend }) => {
  const node = tensorFlow(backend);
  const tensors = STEP_GRADIENT_INPUTS.map((name) => inputs[name] as Tensor);
  return node.executeMultipleOutputs("LSTMBlockCellGrad", [FLOATS, ...settings(attrs)], tensors, 5);
};

function tensorFlow(backend: unknown): RecordableBackend {
  if (backend instanceof RecordableBackend) return backend;
  throw new Error("TensorFlow's operations for an LSTM were registered for another backend.");
}

function settings(attrs: object | undefined): OpAttribute[] {
  return Object.entries(attrs ?? {}).map(([name, value]) => ({
    name,
    type: typeof value === "boolean" ? AttributeType.BOOL : AttributeType.FLOAT,
    value: value as unknown,
  }));
}
