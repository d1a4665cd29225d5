import {
  BatchMatMul,
  type BatchMatMulAttrs,
  getKernel,
  Identity,
  type KernelFunc,
  registerKernel,
  Round,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { createTensorsTypeOpAttr, type NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";

/** Replaces those of tfjs-node's kernels that TensorFlow answers wrongly or slowly. */
export function replaceKernels(backendName: string): void {
  replaceKernel(Round, backendName, (round) => {
    const identity = kernelFunction(Identity, backendName);
    // TensorFlow 2.21 rounds whole numbers to 0.
    return (params) => (params.inputs["x"]?.dtype === "int32" ? identity(params) : round(params));
  });
  replaceKernel(BatchMatMul, backendName, (batchMatMul) => (params) => {
    const { a, b } = params.inputs;
    if (a?.shape.length !== 2 || b?.shape.length !== 2) return batchMatMul(params);
    // A batch of one costs more than a plain product, and keeps TensorFlow from fusing what follows.
    const { transposeA, transposeB } = params.attrs as unknown as BatchMatMulAttrs;
    const backend = params.backend as Pick<NodeJSKernelBackend, "binding" | "executeSingleOutput">;
    const attributes = [
      createTensorsTypeOpAttr("T", a.dtype),
      { name: "transpose_a", type: backend.binding.TF_ATTR_BOOL, value: transposeA },
      { name: "transpose_b", type: backend.binding.TF_ATTR_BOOL, value: transposeB },
    ];
    return backend.executeSingleOutput("MatMul", attributes, [a, b]);
  });
}

function replaceKernel(kernelName: string, backendName: string, replace: (original: KernelFunc) => KernelFunc): void {
  const original = kernelFunction(kernelName, backendName);
  unregisterKernel(kernelName, backendName);
  registerKernel({ kernelName, backendName, kernelFunc: replace(original) });
}

function kernelFunction(kernelName: string, backendName: string): KernelFunc {
  const kernel = getKernel(kernelName, backendName) as { kernelFunc: KernelFunc } | undefined;
  if (!kernel) throw new Error(`The backend "${backendName}" has no kernel "${kernelName}".`);
  return kernel.kernelFunc;
}
