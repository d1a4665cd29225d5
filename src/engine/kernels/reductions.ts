import {
  BroadcastTo,
  type BroadCastToAttrs,
  type KernelFunc,
  Mean,
  mul,
  registerKernel,
  Sum,
  type SumAttrs,
  type Tensor,
  tensor1d,
  util,
} from "@tensorflow/tfjs-core";
import { createTensorsTypeOpAttr, type NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import { isRecorded, RecordingBinding } from "../recording/recordingBinding";
import { RecordableBackend } from "../recording/recordableBackend";
import { BIAS_ADD_RANK } from "./biasAdd";
import { contractedSum } from "./contraction";
import { replaceKernel } from "./registry";

/** A matrix's rows are summed as fast either way. */
const LEAST_BIAS_RANK = 3;

/** Sums and means that, in a recorded step, need not make the tensor which they add up; a broadcast that is one operation. */
export function replaceReductions(backendName: string): void {
  registerKernel({ kernelName: BroadcastTo, backendName, kernelFunc: broadcastTo });
  replaceKernel(Sum, backendName, (sum) => (params) => contraction(params) ?? sumToBias(params) ?? sum(params));
  replaceKernel(Mean, backendName, (mean) => (params) => {
    const sum = contraction(params);
    const x = params.inputs["x"] as Tensor;
    return sum === undefined ? mean(params) : mul(sum, util.sizeFromShape(sum.shape) / util.sizeFromShape(x.shape));
  });
}

function contraction({ inputs, attrs, backend }: Parameters<KernelFunc>[0]): Tensor | undefined {
  if (!(backend instanceof RecordableBackend) || !(backend.binding instanceof RecordingBinding)) return undefined;
  const { binding } = backend;
  const x = inputs["x"] as Tensor;
  const { axis, keepDims } = attrs as unknown as SumAttrs;
  const [id] = backend.getInputTensorIds([x]) as [number];
  if (!isRecorded(id)) return undefined;
  const sum = contractedSum(binding.tensor(id), util.parseAxisParam(axis, x.shape), keepDims, binding);
  return sum && backend.createOutputTensor(sum.metadata);
}

/** The sum over all axes but the last, for which TensorFlow has an operation of its own: as the gradient of a bias. */
function sumToBias({ inputs, attrs, backend }: Parameters<KernelFunc>[0]): Tensor | undefined {
  const x = inputs["x"] as Tensor;
  const { axis, keepDims } = attrs as unknown as SumAttrs;
  const axes = util.parseAxisParam(axis, x.shape);
  const { length: rank } = x.shape;
  const fits = x.dtype === "float32" && !keepDims && rank >= LEAST_BIAS_RANK && rank <= BIAS_ADD_RANK;
  if (!fits || new Set(axes).size !== rank - 1 || axes.includes(rank - 1)) return undefined;
  const { executeSingleOutput } = backend as Pick<NodeJSKernelBackend, "executeSingleOutput">;
  return executeSingleOutput.call(backend, "BiasAddGrad", [createTensorsTypeOpAttr("T", x.dtype)], [x]);
}

const broadcastTo: KernelFunc = ({ inputs, attrs, backend }) => {
  const x = inputs["x"] as Tensor;
  const { shape } = attrs as unknown as BroadCastToAttrs;
  const { executeSingleOutput } = backend as Pick<NodeJSKernelBackend, "executeSingleOutput">;
  const dimensions = tensor1d(shape, "int32");
  const types = [createTensorsTypeOpAttr("T", x.dtype), createTensorsTypeOpAttr("Tidx", "int32")];
  const result = executeSingleOutput.call(backend, BroadcastTo, types, [x, dimensions]);
  dimensions.dispose();
  return result;
};
