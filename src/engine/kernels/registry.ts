import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";

export function replaceKernel(kernelName: string, backendName: string, replace: (original: KernelFunc) => KernelFunc): void {
  const original = kernelFunction(kernelName, backendName);
  unregisterKernel(kernelName, backendName);
  registerKernel({ kernelName, backendName, kernelFunc: replace(original) });
}

export function kernelFunction(kernelName: string, backendName: string): KernelFunc {
  const kernel = getKernel(kernelName, backendName) as { kernelFunc: KernelFunc } | undefined;
  if (!kernel) throw new Error(`The backend "${backendName}" has no kernel "${kernelName}".`);
  return kernel.kernelFunc;
}

export function hasKernel(kernelName: string, backendName: string): boolean {
  // The core declares that every kernel is there.
  const kernel: unknown = getKernel(kernelName, backendName);
  return kernel !== undefined;
}

/** Runs `body` while a backend lacks some of its kernels. */
export function withoutKernels<T>(kernelNames: readonly string[], backendName: string, body: () => T): T {
  const kernels = kernelNames.map((kernelName) => ({
    kernelName,
    backendName,
    kernelFunc: kernelFunction(kernelName, backendName),
  }));
  for (const { kernelName } of kernels) unregisterKernel(kernelName, backendName);
  try {
    return body();
  } finally {
    kernels.forEach((kernel) => {
      registerKernel(kernel);
    });
  }
}
