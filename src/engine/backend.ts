import "./nodeShims";
import { findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js";
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import type { TensorFlowBinding } from "./binding";

export const BACKEND_NAME = "tensorflow";

/** Makes tfjs-node's kernels on the binding the backend of tfjs-core. */
export async function activateTensorFlowBackend(binding: TensorFlowBinding): Promise<void> {
  if (findBackendFactory(BACKEND_NAME)) removeBackend(BACKEND_NAME);
  registerBackend(BACKEND_NAME, () => newTensorFlowBackend(binding));
  await setBackend(BACKEND_NAME);
}

export function newTensorFlowBackend(binding: TensorFlowBinding): NodeJSKernelBackend {
  // tfjs-node declares fewer kinds of values than its kernels exchange (strings, 64-bit integers).
  return new NodeJSKernelBackend(binding as unknown as TFJSBinding, "@tensorflow/tfjs-node-gpu");
}
