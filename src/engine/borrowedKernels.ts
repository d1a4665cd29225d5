import "@tensorflow/tfjs-backend-cpu";
import {
  type DataId,
  findBackend,
  getKernelsForBackend,
  type KernelBackend,
  type KernelFunc,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

/** Only the CPU backend can hold complex values in its own way. */
const COMPLEX_KERNELS: ReadonlySet<string> = new Set(["Complex", "ComplexAbs", "FFT", "IFFT", "Imag", "Real"]);

/** What tfjs-backend-wasm 4.22 computes wrongly. */
const WRONG_ON_WASM = [
  // Windows that overlap or leave a rest.
  "MaxPoolGrad",
  "Conv3DBackpropFilterV2",
  "Conv3DBackpropInputV2",
  // The bits of whole numbers in a tensor of floats.
  "OneHot",
  // The largest of nothing but negative values is 0.
  "MaxPool3D",
  "MaxPool3DGrad",
  "Dilation2D",
  "Dilation2DBackpropInput",
  "Dilation2DBackpropFilter",
];

const WRONG_KERNELS: Readonly<Record<string, readonly string[]>> = { wasm: WRONG_ON_WASM };

/**
 * Gives a backend the kernels that it lacks and the core's CPU backend has: the values travel there and back. So the
 * gradient of a convolution runs on WebAssembly, and `tf.image.rotateWithOffset` on TensorFlow.
 */
export function borrowCpuKernels(backendName: string): void {
  const wrong = getKernelsForBackend(backendName).filter(({ kernelName }) => WRONG_KERNELS[backendName]?.includes(kernelName));
  for (const { kernelName } of wrong) unregisterKernel(kernelName, backendName);
  const own = new Set(getKernelsForBackend(backendName).map(({ kernelName }) => kernelName));
  for (const { kernelName, kernelFunc } of getKernelsForBackend("cpu")) {
    if (own.has(kernelName) || COMPLEX_KERNELS.has(kernelName)) continue;
    registerKernel({ kernelName, backendName, kernelFunc: onCpu(kernelFunc) });
  }
}

type TensorStore = Pick<KernelBackend, "readSync" | "write">;

function onCpu(kernelFunc: KernelFunc): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const cpu = findBackend("cpu");
    // The registry hands over the backend that runs the operation as an object without declared methods.
    const owner = backend as TensorStore;
    const onLoan = new Set<DataId>();
    const lend = (tensor: TensorInfo): TensorInfo => {
      const lent = copyTensor(tensor, owner, cpu);
      onLoan.add(lent.dataId);
      return lent;
    };
    const handBack = (tensor: TensorInfo): TensorInfo => {
      onLoan.add(tensor.dataId);
      return copyTensor(tensor, cpu, owner);
    };
    try {
      const outputs = kernelFunc({ inputs: mapTensors(inputs, lend), attrs, backend: cpu });
      return Array.isArray(outputs) ? outputs.map(handBack) : handBack(outputs);
    } finally {
      for (const dataId of onLoan) cpu.disposeData(dataId, true);
    }
  };
}

function copyTensor({ dataId, shape, dtype }: TensorInfo, from: TensorStore, to: TensorStore): TensorInfo {
  return { dataId: to.write(from.readSync(dataId), shape, dtype), shape, dtype };
}

/** Beyond what their type says, inputs are lists too, hold lists, or lack what is optional. */
function mapTensors(inputs: NamedTensorInfoMap, map: (tensor: TensorInfo) => TensorInfo): NamedTensorInfoMap {
  const mapInput = (input: TensorInfo | readonly TensorInfo[] | null | undefined): unknown => {
    if (input === null || input === undefined) return input;
    return "dataId" in input ? map(input) : input.map(mapInput);
  };
  const mapped: unknown = Array.isArray(inputs)
    ? inputs.map(mapInput)
    : Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, mapInput(input)]));
  return mapped as NamedTensorInfoMap;
}
