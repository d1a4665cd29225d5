import {
  type DataType,
  getKernelsForBackend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { type CpuBackend, DeferredData, DeferredRun, type KernelInputs } from "./deferredValues";
import { type KernelResult, RESULTS, type ResultsOf } from "./kernelResults";

/** The name of tfjs's CPU backend. */
const BACKEND = "cpu";
/** Kept by tfjs in ways of their own. */
const NEVER_DEFERRED: ReadonlySet<DataType> = new Set(["string", "complex64"]);

/**
 * Has the kernels of tfjs's CPU backend tell the shapes of their results at once and compute the values when somebody reads them: a layer's
 * shape is found by running its `call`, whose values nobody reads.
 */
export function deferKernels(): void {
  for (const config of getKernelsForBackend(BACKEND)) {
    const resultsOf = RESULTS[config.kernelName];
    if (resultsOf === undefined) continue;
    unregisterKernel(config.kernelName, BACKEND);
    registerKernel({ ...config, kernelFunc: deferred(config.kernelFunc, resultsOf) });
  }
}

function deferred(kernel: KernelFunc, resultsOf: ResultsOf): KernelFunc {
  return (call) => {
    const inputs = call.inputs as unknown as KernelInputs;
    const backend = call.backend as CpuBackend;
    const run = new DeferredRun(kernel, inputs, call.attrs, backend);
    if (run.operands.some(({ dtype }) => NEVER_DEFERRED.has(dtype))) return kernel(call);
    const results = resultsOf(inputs as never, call.attrs as never);
    const defer = ({ shape, dtype }: KernelResult, index: number): TensorInfo => {
      const dataId = {};
      backend.data.set(dataId, new DeferredData(run, index, dtype));
      return { dataId, shape, dtype };
    };
    if ([results].flat().some(({ dtype }) => NEVER_DEFERRED.has(dtype))) return kernel(call);
    return Array.isArray(results) ? results.map(defer) : defer(results, 0);
  };
}
