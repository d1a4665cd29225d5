import { matMul, reshape, type Tensor, tensor2d, transpose } from "@tensorflow/tfjs-core";

/** How places between pixels get their values. */
export type Interpolation = "nearest" | "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

export const INTERPOLATIONS: readonly Interpolation[] = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"];

/** Interpolates along one axis to another size, the centres of pixels at half numbers, as `tf.image.resize` does it without antialiasing. */
export function resizeAxis(x: Tensor, axis: number, size: number, interpolation: Interpolation): Tensor {
  return transformAxis(x, axis, resizingMatrix(x.shape[axis] ?? 0, size, KERNELS[interpolation]));
}

/** The product of the values along an axis with a matrix of [places before, places after]. */
export function transformAxis(x: Tensor, axis: number, matrix: Tensor): Tensor {
  const [size = 0, width = 0] = matrix.shape;
  const others = x.shape.map((_, position) => position).filter((position) => position !== axis);
  const moved = transpose(x, [...others, axis]);
  const transformed = matMul(reshape(moved, [-1, size]), reshape(matrix, [size, width]));
  const back = x.shape.map((_, position) => (position === axis ? x.rank - 1 : others.indexOf(position)));
  return transpose(reshape(transformed, [...moved.shape.slice(0, -1), width]), back);
}

interface Kernel {
  /** How far pixels reach. */
  readonly radius: number;
  /** The weight of a pixel at a distance, for a place that lies `fraction` beyond the pixel before it. */
  readonly weight: (distance: number, fraction: number) => number;
  /** Whether pixels beyond the edge count as the edge's; otherwise they do not count. */
  readonly repeatsEdge: boolean;
}

/** In TensorFlow's tables the cubic function is known at so many places of a pixel. */
const CUBIC_STEPS = 1024;

const lanczos = (radius: number): Kernel => ({
  radius,
  repeatsEdge: false,
  weight: (distance) => {
    const x = Math.PI * Math.abs(distance);
    return x < 1e-3 ? 1 : (radius * Math.sin(x) * Math.sin(x / radius)) / (x * x);
  },
});

const KERNELS: Readonly<Record<Interpolation, Kernel>> = {
  nearest: { radius: 1, repeatsEdge: true, weight: (distance) => (distance >= -0.5 && distance < 0.5 ? 1 : 0) },
  bilinear: { radius: 1, repeatsEdge: true, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  // Keys 1981 with a = −1/2.
  bicubic: {
    radius: 2,
    repeatsEdge: false,
    weight: (distance, fraction) => {
      const x = Math.abs(distance - fraction + Math.round(fraction * CUBIC_STEPS) / CUBIC_STEPS);
      return x <= 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    },
  },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};

/** [size, width]: the share of each place before in each place after. The shares of a place sum to 1. */
function resizingMatrix(size: number, width: number, { radius, weight, repeatsEdge }: Kernel): Tensor {
  const shares = new Float64Array(size * width);
  for (let place = 0; place < width; place++) {
    const source = ((place + 0.5) * size) / width - 0.5;
    const before = Math.floor(source);
    const weights = new Map<number, number>();
    for (let pixel = before - radius + 1; pixel <= before + radius; pixel++) {
      const inside = pixel >= 0 && pixel < size;
      if (!inside && !repeatsEdge) continue;
      const nearest = Math.min(Math.max(pixel, 0), size - 1);
      weights.set(nearest, (weights.get(nearest) ?? 0) + weight(source - pixel, source - before));
    }
    const total = [...weights.values()].reduce((sum, each) => sum + each, 0);
    for (const [pixel, each] of weights) shares[pixel * width + place] = each / total;
  }
  return tensor2d(Float32Array.from(shares), [size, width]);
}
