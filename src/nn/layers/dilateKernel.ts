import { pad, reshape, slice, type Tensor } from "@tensorflow/tfjs-core";

/** A kernel with zeros between its taps: what convolves with it is dilated. Spatial dimensions first. */
export function dilateKernel(kernel: Tensor, dilationRate: readonly number[]): Tensor {
  return dilationRate.reduce((dilated, rate, axis) => (rate === 1 ? dilated : spread(dilated, rate, axis)), kernel);
}

function spread(kernel: Tensor, rate: number, axis: number): Tensor {
  const before = kernel.shape.slice(0, axis);
  const [size = 1, ...after] = kernel.shape.slice(axis);
  const [outer, inner] = [product(before), product(after)];
  const gaps = pad(reshape(kernel, [outer, size, 1, inner]), [
    [0, 0],
    [0, 0],
    [0, rate - 1],
    [0, 0],
  ]);
  const taps = (size - 1) * rate + 1;
  const trimmed = slice(reshape(gaps, [outer, size * rate, inner]), [0, 0, 0], [outer, taps, inner]);
  return reshape(trimmed, [...before, taps, ...after]);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
