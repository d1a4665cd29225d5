import {
  Add,
  BatchMatMul,
  type BatchMatMulAttrs,
  backend_util,
  Cast,
  GatherV2,
  type GatherV2Attrs,
  Identity,
  Reshape,
  type ReshapeAttrs,
  Round,
  scalar,
  type Tensor,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs-core";
import { BIAS_ADD_RANK } from "./kernels/biasAdd";
import { registerLSTMBlock } from "./kernels/lstmBlock";
import { kernelFunction, replaceKernel } from "./kernels/registry";
import { replaceReductions } from "./kernels/reductions";
import { replaceSoftmax } from "./kernels/softmax";
import { createTensorsTypeOpAttr, type NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";

/** Replaces those of tfjs-node's kernels that TensorFlow answers wrongly or slowly. */
export function replaceKernels(backendName: string): void {
  replaceKernel(Round, backendName, (round) => {
    const identity = kernelFunction(Identity, backendName);
    // TensorFlow 2.21 rounds whole numbers to 0.
    return (params) => (params.inputs["x"]?.dtype === "int32" ? identity(params) : round(params));
  });
  replaceKernel(Cast, backendName, (cast) => {
    const identity = kernelFunction(Identity, backendName);
    return (params) => (params.inputs["x"]?.dtype === params.attrs?.["dtype"] ? identity(params) : cast(params));
  });
  replaceKernel(Reshape, backendName, (reshape) => {
    const identity = kernelFunction(Identity, backendName);
    return (params) => {
      const { shape } = params.attrs as unknown as ReshapeAttrs;
      return util.arraysEqual(params.inputs["x"]?.shape ?? [], shape) ? identity(params) : reshape(params);
    };
  });
  replaceReductions(backendName);
  replaceSoftmax(backendName);
  registerLSTMBlock(backendName);
  // TensorFlow fuses a product, a bias and an activation where it knows the addition for one of a bias.
  replaceKernel(Add, backendName, (add) => (params) => {
    const { a, b } = params.inputs;
    if (!a || !b || !isBias(a, b)) return add(params);
    const backend = params.backend as Pick<NodeJSKernelBackend, "executeSingleOutput">;
    return backend.executeSingleOutput("BiasAdd", [createTensorsTypeOpAttr("T", a.dtype)], [a, b]);
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
  // The original reads the indices back to check them, which takes longer than the operation and cannot be captured.
  replaceKernel(GatherV2, backendName, () => (params) => {
    const { x, indices } = params.inputs as { x: Tensor; indices: Tensor };
    const { axis, batchDims } = params.attrs as unknown as GatherV2Attrs;
    backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
    const backend = params.backend as Pick<NodeJSKernelBackend, "binding" | "executeSingleOutput">;
    const axisTensor = scalar(axis, "int32");
    const attributes = [
      { name: "batch_dims", type: backend.binding.TF_ATTR_INT, value: batchDims },
      createTensorsTypeOpAttr("Tparams", x.dtype),
      createTensorsTypeOpAttr("Tindices", indices.dtype),
      createTensorsTypeOpAttr("Taxis", "int32"),
    ];
    try {
      return backend.executeSingleOutput(GatherV2, attributes, [x, indices, axisTensor]);
    } catch (error) {
      throw outOfBounds(error) ?? error;
    } finally {
      axisTensor.dispose();
    }
  });
}

/** TensorFlow's refusal of an index in the words of tfjs-node, which checks before; `undefined` for any other error. */
function outOfBounds(error: unknown): Error | undefined {
  const [, index, size] = /= (-?\d+) is not in \[0, (\d+)\)/.exec(error instanceof Error ? error.message : "") ?? [];
  if (index === undefined) return undefined;
  return new Error(`GatherV2: the index value ${index} is not in [0, ${Number(size) - 1}]`, { cause: error });
}

function isBias(sums: TensorInfo, bias: TensorInfo): boolean {
  const sameType = sums.dtype === "float32" && bias.dtype === "float32";
  const { length: rank } = sums.shape;
  return sameType && bias.shape.length === 1 && rank >= 2 && rank <= BIAS_ADD_RANK && bias.shape[0] === sums.shape[rank - 1];
}
