import "./nodeShims";
import { findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js";
import { borrowCpuKernels } from "./borrowedKernels";
import type { EagerBinding } from "./eagerBinding";
import { replaceGradients } from "./gradientReplacements";
import { replaceKernels } from "./kernelReplacements";
import { RecordableBackend } from "./recording/recordableBackend";

/** The name under which tfjs-node registers its kernels. */
export const TENSORFLOW_BACKEND = "tensorflow";

replaceKernels(TENSORFLOW_BACKEND);
borrowCpuKernels(TENSORFLOW_BACKEND);

/** Makes tfjs-node's kernels, on the given binding, the backend of tfjs-core. */
export async function activateTensorFlowBackend(binding: EagerBinding): Promise<void> {
  replaceGradients(TENSORFLOW_BACKEND);
  if (hasBackend(TENSORFLOW_BACKEND)) removeBackend(TENSORFLOW_BACKEND);
  registerBackend(TENSORFLOW_BACKEND, () => new RecordableBackend(binding));
  await setBackend(TENSORFLOW_BACKEND);
}

function hasBackend(name: string): boolean {
  // The core declares that every name has a factory.
  const factory: unknown = findBackendFactory(name);
  return factory !== null && factory !== undefined;
}
