import { add, div, maximum, minimum, mul, sqrt, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";

/** Scales a gradient down to a norm; one that is smaller stays. */
export function clipByNorm(gradient: Tensor, norm: number): Tensor {
  const length = sqrt(sum(square(gradient)));
  return mul(gradient, div(norm, maximum(length, norm)));
}

/** Scales gradients down by one factor, so that the norm of all of them is at most `norm`. One that is not finite makes all NaN. */
export function clipByGlobalNorm(gradients: readonly Tensor[], norm: number): Tensor[] {
  const [first, ...others] = gradients.map((gradient) => sum(square(gradient)));
  if (first === undefined) return [];
  const length = sqrt(others.reduce((total, other) => add(total, other), first));
  const factor = minimum(div(norm, maximum(length, 1e-38)), 1);
  const nanUnlessFinite = sub(length, length);
  return gradients.map((gradient) => mul(gradient, add(factor, nanUnlessFinite)));
}
