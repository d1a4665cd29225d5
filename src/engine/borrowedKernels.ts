import "@tensorflow/tfjs-backend-cpu";
import {
  type DataId,
  findBackend,
  getKernelsForBackend,
  type KernelBackend,
  type KernelConfig,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";

/** Only the CPU backend can hold complex values in its own way. */
const COMPLEX_KERNELS: ReadonlySet<string> = new Set(["Complex", "ComplexAbs", "FFT", "IFFT", "Imag", "Real"]);

/** What a backend's own kernels compute wrongly or refuse, and the CPU backend computes. */
interface Weaknesses {
  readonly kernels: ReadonlySet<string>;
  /** Whether one of the other kernels does not master these inputs or attributes. */
  readonly cannotTake: (kernelName: string, tensors: readonly TensorInfo[], attrs: NamedAttrMap) => boolean;
}

/** Of tfjs-backend-wasm 4.22. */
const WASM_WEAKNESSES: Weaknesses = {
  kernels: new Set([
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
    // What is not a number becomes the lower bound, so that nobody would see a training diverge.
    "ClipByValue",
    "Relu6",
  ]),
  cannotTake(kernelName, tensors, { dtype, shape, pad, dataFormat }) {
    if (VIEWS.has(kernelName)) return false;
    const rank = Math.max(0, ...tensors.map((tensor) => tensor.shape.length), Array.isArray(shape) ? shape.length : 0);
    // Beyond six dimensions XNNPACK leaves the result as the memory happens to be.
    if (rank > 6 || tensors.some((tensor) => tensor.dtype === "string") || dtype === "string") return true;
    if (kernelName === "Cast") return dtype === "bool";
    if (kernelName === "BatchMatMul") return tensors.some((tensor) => tensor.dtype !== "float32");
    if (POOLINGS.has(kernelName)) return typeof pad !== "string";
    // The third input is the bias.
    if (FUSED.has(kernelName) && (tensors[2]?.shape.length ?? 1) !== 1) return true;
    return CHANNELS_FIRST.has(dataFormat as string);
  },
};

const VIEWS: ReadonlySet<string> = new Set(["Reshape", "ExpandDims", "Identity"]);
const POOLINGS: ReadonlySet<string> = new Set(["AvgPool", "MaxPool"]);
const FUSED: ReadonlySet<string> = new Set(["_FusedMatMul", "FusedConv2D", "FusedDepthwiseConv2D"]);
const CHANNELS_FIRST: ReadonlySet<string> = new Set(["NCHW", "channelsFirst"]);

const WEAKNESSES: Readonly<Record<string, Weaknesses>> = { wasm: WASM_WEAKNESSES };

const borrowers = new Set<string>();

/**
 * Gives a backend, once, the kernels of the core's CPU backend that it lacks or does not master: the values travel there and back. So the
 * gradient of a convolution runs on WebAssembly, and `tf.image.rotateWithOffset` on TensorFlow.
 */
export function borrowCpuKernels(backendName: string): void {
  if (borrowers.has(backendName)) return;
  borrowers.add(backendName);
  const weaknesses = WEAKNESSES[backendName];
  const own = new Map(getKernelsForBackend(backendName).map((kernel) => [kernel.kernelName, kernel]));
  for (const { kernelName, kernelFunc } of getKernelsForBackend("cpu")) {
    const kernel = own.get(kernelName);
    if (COMPLEX_KERNELS.has(kernelName) || (kernel !== undefined && weaknesses === undefined)) continue;
    const borrowed = onCpu(kernelFunc);
    if (kernel === undefined) {
      registerKernel({ kernelName, backendName, kernelFunc: borrowed });
    } else if (weaknesses !== undefined) {
      unregisterKernel(kernelName, backendName);
      registerKernel({ ...kernel, kernelFunc: withHelp(kernel, borrowed, weaknesses) });
    }
  }
}

function withHelp({ kernelName, kernelFunc }: KernelConfig, borrowed: KernelFunc, weaknesses: Weaknesses): KernelFunc {
  if (weaknesses.kernels.has(kernelName)) return borrowed;
  return (params) => {
    const { inputs, attrs = {} } = params;
    const helped = weaknesses.cannotTake(kernelName, tensorsOf(inputs), attrs);
    return (helped ? borrowed : kernelFunc)(params);
  };
}

function tensorsOf(inputs: NamedTensorInfoMap): TensorInfo[] {
  const tensors: TensorInfo[] = [];
  mapTensors(inputs, (tensor) => {
    tensors.push(tensor);
    return tensor;
  });
  return tensors;
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
      // Some kernels take their inputs for tensors, and ask for the rank.
      return Object.assign(lent, { rank: lent.shape.length });
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
  const values = from.readSync(dataId);
  // A cast on the CPU leaves truth values as they are and calls them floats.
  const typed = dtype === "float32" && values instanceof Uint8Array ? Float32Array.from(values) : values;
  return { dataId: to.write(typed, shape, dtype), shape, dtype };
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
