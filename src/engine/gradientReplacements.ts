import {
  engine,
  getGradient,
  type GradConfig,
  LeakyRelu,
  type NamedAttrMap,
  registerGradient,
  registerKernel,
  Relu,
  Relu6,
  Selu,
  Sigmoid,
  Softplus,
  sub,
  type Tensor,
  Tanh,
} from "@tensorflow/tfjs-core";
import { hasKernel } from "./kernels/registry";
import { replaceReductionGradients } from "./kernels/reductionGradients";
import { createTensorsTypeOpAttr, type NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";

/** TensorFlow's one operation for the gradient of an activation, of which tfjs-core makes three to seven. */
interface ActivationGradient {
  readonly kernelName: string;
  readonly opName: string;
  /** Its inputs in TensorFlow's order: the gradient of the result, and either the activation's input or its result. */
  readonly inputs: readonly ("dy" | "x" | "y")[];
  /** Settings for which this holds; by default all. */
  readonly suits?: (attrs: NamedAttrMap) => boolean;
  /** Where TensorFlow's gradient differs from tfjs-core's at 0: the result to hand over instead. */
  readonly result?: (y: Tensor) => Tensor;
}

/** The smallest normal float32: subtracted, it turns 0 into a negative number and changes no other. */
const SMALLEST_NORMAL = 2 ** -126;

/** Taken from the result where that tells enough: only what nobody else wants is fused with the operations before. */
const ACTIVATION_GRADIENTS: readonly ActivationGradient[] = [
  { kernelName: Relu, opName: "ReluGrad", inputs: ["dy", "y"] },
  { kernelName: Relu6, opName: "Relu6Grad", inputs: ["dy", "y"] },
  { kernelName: LeakyRelu, opName: "LeakyReluGrad", inputs: ["dy", "y"], suits: ({ alpha }) => (alpha as number) >= 0 },
  { kernelName: Softplus, opName: "SoftplusGrad", inputs: ["dy", "x"] },
  { kernelName: Selu, opName: "SeluGrad", inputs: ["dy", "y"], result: (y) => sub(y, SMALLEST_NORMAL) },
  { kernelName: Sigmoid, opName: "SigmoidGrad", inputs: ["y", "dy"] },
  { kernelName: Tanh, opName: "TanhGrad", inputs: ["y", "dy"] },
];

/** Gives a backend TensorFlow's own gradients of activations; the other backends keep tfjs-core's. */
export function replaceGradients(backendName: string): void {
  replaceReductionGradients();
  for (const gradient of ACTIVATION_GRADIENTS) {
    // Once is enough, and a second time would wrap the first.
    if (hasKernel(gradient.opName, backendName)) continue;
    registerGradientKernel(gradient, backendName);
    replaceGradient(gradient);
  }
}

function registerGradientKernel({ opName, inputs: names }: ActivationGradient, backendName: string): void {
  registerKernel({
    kernelName: opName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { binding, executeSingleOutput } = backend as Pick<NodeJSKernelBackend, "binding" | "executeSingleOutput">;
      const tensors = names.map((name) => inputs[name] as Tensor);
      const settings = Object.entries(attrs ?? {}).map(([name, value]) => ({ name, type: binding.TF_ATTR_FLOAT, value }));
      const type = createTensorsTypeOpAttr("T", tensors[0]?.dtype ?? "float32");
      return executeSingleOutput.call(backend, opName, [type, ...settings], tensors);
    },
  });
}

function replaceGradient({ kernelName, opName, inputs, result, suits = () => true }: ActivationGradient): void {
  const original = getGradient(kernelName) as GradConfig | undefined;
  if (!original) throw new Error(`tfjs-core has no gradient of "${kernelName}".`);
  const saved = inputs.includes("x") ? { inputsToSave: ["x"] } : { inputsToSave: ["x"], outputsToSave: [true] };
  registerGradient({
    kernelName,
    ...saved,
    gradFunc: (dy, tensors, attrs) => {
      const [x, y] = tensors as [Tensor, Tensor?];
      // A gradient of this gradient is taken through tfjs-core's operations: they have gradients themselves.
      const isNested = engine().state.gradientDepth > 0;
      if (isNested || !suits(attrs) || !hasKernel(opName, engine().backendName)) {
        return original.gradFunc(dy, original.inputsToSave ? [x] : [y ?? x], attrs);
      }
      return { x: () => runGradient(opName, { dy: dy as Tensor, x, ...(y && { y: result?.(y) ?? y }) }, inputs, attrs) };
    },
  });
}

function runGradient(
  opName: string,
  tensors: Readonly<Record<string, Tensor>>,
  names: ActivationGradient["inputs"],
  attrs: NamedAttrMap,
): Tensor {
  const inputs = Object.fromEntries(names.map((name) => [name, tensors[name] as Tensor]));
  return engine().runKernel(opName, inputs, attrs);
}
