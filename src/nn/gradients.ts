/** Everything that differentiation needs. Processes that train import this file, and the analysis, for a `call` that takes a gradient. */
import {
  All,
  Any,
  ArgMax,
  ArgMin,
  conv3d,
  Conv3DBackpropInputV2,
  Equal,
  Greater,
  Less,
  LessEqual,
  LogicalAnd,
  LogicalNot,
  LogicalOr,
  NotEqual,
  registerGradient,
  broadcast_util,
  mul,
  neg,
  reshape,
  SquaredDifference,
  sub,
  sum,
  type Tensor,
  type Tensor5D,
  zeros,
} from "@tensorflow/tfjs-core";
import { conv3DBackpropFilter } from "@tensorflow/tfjs-core/dist/ops/conv3d_backprop_filter.js";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";

/** Comparisons are constant almost everywhere. tfjs-core gives some of them no gradient at all, so that `where(greater(x, 0), …)` could not be trained. */
const CONSTANT_ALMOST_EVERYWHERE = {
  one: [All, Any, ArgMax, ArgMin, LogicalNot],
  two: [Equal, Greater, Less, LessEqual, LogicalAnd, LogicalOr, NotEqual],
};

const zerosLike = (tensor: Tensor | undefined) => (): Tensor => zeros(tensor?.shape ?? []);

for (const kernelName of CONSTANT_ALMOST_EVERYWHERE.one) {
  registerGradient({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (_dy, [x]) => ({ x: zerosLike(x) }),
  });
}
for (const kernelName of CONSTANT_ALMOST_EVERYWHERE.two) {
  registerGradient({
    kernelName,
    inputsToSave: ["a", "b"],
    gradFunc: (_dy, [a, b]) => ({ a: zerosLike(a), b: zerosLike(b) }),
  });
}

/** tfjs-core's leaves the gradients in the shape of the result, so that it fails where one operand was broadcast. */
registerGradient({
  kernelName: SquaredDifference,
  inputsToSave: ["a", "b"],
  gradFunc: (dy, saved) => {
    const [a, b] = saved as [Tensor, Tensor];
    const gradient = (): Tensor => mul(dy as Tensor, mul(sub(a, b), 2));
    return { a: () => sumToShape(gradient(), a.shape), b: () => sumToShape(neg(gradient()), b.shape) };
  },
});

/** tfjs-core has none, so that a transposed convolution of volumes could not be trained: it is linear in each of its operands. */
registerGradient({
  kernelName: Conv3DBackpropInputV2,
  inputsToSave: ["dy", "filter"],
  gradFunc: (upstream, saved, attributes) => {
    const [dy, filter] = saved as [Tensor5D, Tensor5D];
    const { strides, pad } = attributes as unknown as { strides: [number, number, number]; pad: "valid" | "same" };
    const x = upstream as Tensor5D;
    return {
      dy: () => conv3d(x, filter, strides, pad),
      filter: () => conv3DBackpropFilter(x, dy, filter.shape, strides, pad),
    };
  },
});

/** Adds up what broadcasting had repeated. */
function sumToShape(gradient: Tensor, shape: readonly number[]): Tensor {
  const repeated = broadcast_util.getReductionAxes([...shape], gradient.shape);
  return reshape(repeated.length === 0 ? gradient : sum(gradient, repeated), [...shape]);
}
