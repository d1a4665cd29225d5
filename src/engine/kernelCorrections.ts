import { getKernel, Identity, type KernelFunc, registerKernel, Round, unregisterKernel } from "@tensorflow/tfjs-core";

/** Replaces those of a backend's kernels that TensorFlow answers wrongly. */
export function correctKernels(backendName: string): void {
  const round = kernelFunction(Round, backendName);
  const identity = kernelFunction(Identity, backendName);
  replaceKernel(Round, backendName, (params) => {
    // TensorFlow 2.21 rounds whole numbers to 0.
    return params.inputs["x"]?.dtype === "int32" ? identity(params) : round(params);
  });
}

function kernelFunction(kernelName: string, backendName: string): KernelFunc {
  const kernel = getKernel(kernelName, backendName) as { kernelFunc: KernelFunc } | undefined;
  if (!kernel) throw new Error(`The backend "${backendName}" has no kernel "${kernelName}".`);
  return kernel.kernelFunc;
}

function replaceKernel(kernelName: string, backendName: string, kernelFunc: KernelFunc): void {
  unregisterKernel(kernelName, backendName);
  registerKernel({ kernelName, backendName, kernelFunc });
}
