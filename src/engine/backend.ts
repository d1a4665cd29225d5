import "./nodeShims";
import { findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import "@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js";
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import type { TensorFlowBinding } from "./binding";
import { borrowCpuKernels } from "./borrowedKernels";
import { replaceKernels } from "./kernelReplacements";

/** The name under which tfjs-node registers its kernels. */
export const TENSORFLOW_BACKEND = "tensorflow";

replaceKernels(TENSORFLOW_BACKEND);
borrowCpuKernels(TENSORFLOW_BACKEND);

/** Makes tfjs-node's kernels, on the given binding, the backend of tfjs-core. */
export async function activateTensorFlowBackend(binding: TensorFlowBinding): Promise<void> {
  if (hasBackend(TENSORFLOW_BACKEND)) removeBackend(TENSORFLOW_BACKEND);
  // tfjs-node declares fewer kinds of values than its kernels exchange (strings, 64-bit integers).
  const nodeBinding = binding as unknown as TFJSBinding;
  registerBackend(TENSORFLOW_BACKEND, () => new NodeJSKernelBackend(nodeBinding, "@tensorflow/tfjs-node-gpu"));
  await setBackend(TENSORFLOW_BACKEND);
}

function hasBackend(name: string): boolean {
  // The core declares that every name has a factory.
  const factory: unknown = findBackendFactory(name);
  return factory !== null && factory !== undefined;
}
