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
