import { type KernelFunc, registerKernel, type Tensor } from "@tensorflow/tfjs-core";
import { createTensorsTypeOpAttr, type NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import { hasKernel } from "./registry";

/** XLA does not know them: a step that it shall compile is recorded without them. */
export const LSTM_BLOCK_KERNELS = ["LSTMBlockCell", "LSTMBlockCellGrad"];

const STEP_INPUTS = ["x", "cs_prev", "h_prev", "w", "wci", "wcf", "wco", "b"];
const STEP_GRADIENT_INPUTS = [...STEP_INPUTS, "i", "cs", "f", "o", "ci", "co", "cs_grad", "h_grad"];

/** TensorFlow's operations for a step of an LSTM and for its gradient, as kernels of the same names, inputs and settings. */
export function registerLSTMBlock(backendName: string): void {
  register("LSTMBlockCell", STEP_INPUTS, 7);
  register("LSTMBlockCellGrad", STEP_GRADIENT_INPUTS, 5);

  function register(kernelName: string, names: readonly string[], outputs: number): void {
    if (!hasKernel(kernelName, backendName))
      registerKernel({ kernelName, backendName, kernelFunc: operation(kernelName, names, outputs) });
  }
}

function operation(opName: string, names: readonly string[], outputs: number): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { binding, executeMultipleOutputs } = backend as Pick<NodeJSKernelBackend, "binding" | "executeMultipleOutputs">;
    const { TF_ATTR_BOOL, TF_ATTR_FLOAT } = binding;
    const settings = Object.entries(attrs ?? {}).map(([name, value]) => ({
      name,
      type: typeof value === "boolean" ? TF_ATTR_BOOL : TF_ATTR_FLOAT,
      value,
    }));
    const tensors = names.map((name) => inputs[name] as Tensor);
    return executeMultipleOutputs.call(backend, opName, [createTensorsTypeOpAttr("T", "float32"), ...settings], tensors, outputs);
  };
}
