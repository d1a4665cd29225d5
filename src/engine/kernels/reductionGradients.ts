import {
  BroadcastTo,
  div,
  engine,
  getGradient,
  type GradConfig,
  Mean,
  type NamedAttrMap,
  registerGradient,
  reshape,
  Sum,
  type SumAttrs,
  type Tensor,
  util,
} from "@tensorflow/tfjs-core";
import { hasKernel } from "./registry";

/** Of sums and means: one broadcast, where tfjs-core multiplies by a constant of ones as large as the operand. */
export function replaceReductionGradients(): void {
  // A second time would wrap the first.
  if (isReplaced) return;
  isReplaced = true;
  replaceGradient(Sum, (dy) => dy);
  replaceGradient(Mean, (dy, count) => div(dy, count));
}

let isReplaced = false;

function replaceGradient(kernelName: string, scale: (dy: Tensor, count: number) => Tensor): void {
  const original = getGradient(kernelName) as GradConfig | undefined;
  if (!original) throw new Error(`tfjs-core has no gradient of "${kernelName}".`);
  registerGradient({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => {
      if (!hasKernel(BroadcastTo, engine().backendName)) return original.gradFunc(dy, saved, attrs);
      const [x] = saved as [Tensor];
      const gradient = dy as Tensor;
      return { x: () => spread(scale(gradient, x.size / gradient.size), x.shape, attrs) };
    },
  });
}

function spread(dy: Tensor, shape: number[], attrs: NamedAttrMap): Tensor {
  const { axis } = attrs as unknown as SumAttrs;
  const axes = util.parseAxisParam(axis, shape);
  const inputShape = shape.map((dimension, index) => (axes.includes(index) ? 1 : dimension));
  return engine().runKernel(BroadcastTo, { x: reshape(dy, inputShape) }, { shape, inputShape });
}
