import { cast, greaterEqual, mul, type Tensor } from "@tensorflow/tfjs-core";
import type { RandomStream } from "../random";

/** 0 where a value is dropped, 1 / (1 − rate) where it is kept, so that the expected value stays the same (Srivastava et al. 2014). */
export function dropoutMask(rate: number, shape: readonly number[], random: RandomStream): Tensor {
  return mul(cast(greaterEqual(random.uniform(shape), rate), "float32"), 1 / (1 - rate));
}
