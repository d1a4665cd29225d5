import {
  batchToSpaceND,
  concat,
  conv2d,
  conv3d,
  depthwiseConv2d,
  pad,
  type Rank,
  reshape,
  spaceToBatchND,
  split,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
} from "@tensorflow/tfjs-core";
import { dilateKernel } from "./dilateKernel";
import type { Padding, Window } from "./spatial";

/** Cross-correlates `x` (channels last) with a kernel of shape [...window.size, channels / groups, filters]. */
export function convolve(x: Tensor, kernel: Tensor, window: Window, groups = 1): Tensor {
  if (groups > 1) {
    const inputs = split(x, groups, -1);
    const kernels = split(kernel, groups, -1);
    return concat(
      inputs.map((input, group) => convolve(input, kernels[group] as Tensor, window)),
      -1,
    );
  }
  if (window.padding === "causal") {
    const [size = 1] = window.size;
    const [rate = 1] = window.dilationRate;
    const past = pad(x, [
      [0, 0],
      [(size - 1) * rate, 0],
      [0, 0],
    ]);
    return convolve(past, kernel, { ...window, padding: "valid" });
  }
  return dilate(x, window, (input, padding) => convolvePlain(input, kernel, window.strides, padding));
}

/** Cross-correlates each channel (they stand last) with its own kernels: [...window.size, channels, depthMultiplier]. */
export function convolveDepthwise(x: Tensor, kernel: Tensor, window: Window): Tensor {
  const { strides, dilationRate } = window;
  if (strides.some((stride) => stride > 1) && dilationRate.some((rate) => rate > 1)) {
    const undilated = dilationRate.map(() => 1);
    return convolveDepthwise(x, dilateKernel(kernel, dilationRate), { ...window, dilationRate: undilated });
  }
  return dilate(x, window, (input, padding) => convolveDepthwisePlain(input, kernel, strides, padding));
}

function convolveDepthwisePlain(x: Tensor, kernel: Tensor, strides: readonly number[], padding: Padding): Tensor {
  const [first = 1, second = 1] = strides;
  if (x.rank === 4) return depthwiseConv2d(x as Tensor4D, kernel as Tensor4D, [first, second], padding);
  const [batch = 0, steps = 0, channels = 0] = x.shape;
  const [size = 0, , multiplier = 0] = kernel.shape;
  const image = reshape<Rank.R4>(x, [batch, 1, steps, channels]);
  // TensorFlow takes equal strides alone; there is one row to step over.
  const output = depthwiseConv2d(image, reshape<Rank.R4>(kernel, [1, size, channels, multiplier]), [first, first], padding);
  return reshape(output, [batch, output.shape[2], channels * multiplier]);
}

function convolvePlain(x: Tensor, kernel: Tensor, strides: readonly number[], padding: Padding): Tensor {
  const [first = 1, second = 1, third = 1] = strides;
  if (x.rank === 5) return conv3d(x as Tensor5D, kernel as Tensor5D, [first, second, third], padding);
  if (x.rank === 4) return conv2d(x as Tensor4D, kernel as Tensor4D, [first, second], padding);
  const [batch = 0, steps = 0, channels = 0] = x.shape;
  const [size = 0, , filters = 0] = kernel.shape;
  const image = reshape<Rank.R4>(x, [batch, 1, steps, channels]);
  const output = conv2d(image, reshape<Rank.R4>(kernel, [1, size, channels, filters]), [1, first], padding);
  return reshape(output, [batch, output.shape[2], filters]);
}

/**
 * Runs a convolution with dilation as one without, on the interleaved parts of `x`: neither tfjs nor TensorFlow's CPU kernels have the
 * gradient of a dilated convolution.
 */
function dilate(x: Tensor, window: Window, plain: (x: Tensor, padding: Padding) => Tensor): Tensor {
  const { dilationRate } = window;
  const padding = window.padding === "same" ? "same" : "valid";
  if (dilationRate.every((rate) => rate === 1)) return plain(x, padding);
  const pads: [number, number][] = [];
  const crops: [number, number][] = [];
  dilationRate.forEach((rate, axis) => {
    const zeros = padding === "same" ? ((window.size[axis] ?? 1) - 1) * rate : 0;
    const before = Math.floor(zeros / 2);
    const size = (x.shape[axis + 1] ?? 0) + zeros;
    const rest = Math.ceil(size / rate) * rate - size;
    pads.push([before, zeros - before + rest]);
    crops.push([0, rest]);
  });
  const block = [...dilationRate];
  return batchToSpaceND(plain(spaceToBatchND(x, block, pads), "valid"), block, crops);
}
