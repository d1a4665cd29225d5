/**
 * Everything that differentiation needs. Only processes that train import this file: analysis runs forward passes alone and starts faster
 * without it.
 */
import {
  All,
  Any,
  ArgMax,
  ArgMin,
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
  zeros,
} from "@tensorflow/tfjs-core";
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

/** Adds up what broadcasting had repeated. */
function sumToShape(gradient: Tensor, shape: readonly number[]): Tensor {
  const repeated = broadcast_util.getReductionAxes([...shape], gradient.shape);
  return reshape(repeated.length === 0 ? gradient : sum(gradient, repeated), [...shape]);
}
