/** Values that each stand for a share of the data. */
interface Summary {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Where the data is cut into equally full bins, as Keras's `Discretization` finds it.
 *
 * @param epsilon The share of values that may be off: the data is summed up by 1 / ε of its values first.
 * @returns `bins − 1` ascending values.
 */
export function quantileBoundaries(data: Float32Array, bins: number, epsilon: number): Float32Array {
  const summary = compress(summarize(data, epsilon), Math.round(1 / epsilon));
  return Float32Array.from(interpolated(summary, bins).values.subarray(0, bins - 1));
}

function summarize(data: Float32Array, epsilon: number): Summary {
  const sorted = Float64Array.from(data).sort();
  const step = Math.max(sorted.length * epsilon, 1);
  const stride = Math.floor(step);
  const first = Math.floor(step - 1);
  const count = Math.max(0, Math.ceil((sorted.length - first) / stride));
  const values = Float64Array.from({ length: count }, (_, index) => sorted[first + index * stride] ?? NaN);
  return { values, weights: new Float64Array(count).fill(step) };
}

/** A summary of few values stays as it is. */
function compress(summary: Summary, buckets: number): Summary {
  return summary.values.length < buckets ? summary : interpolated(summary, buckets);
}

function interpolated({ values, weights }: Summary, buckets: number): Summary {
  let total = 0;
  const cumulative = weights.map((weight) => (total += weight));
  const shares = cumulative.map((sum) => sum / total);
  const places = Float64Array.from({ length: buckets }, (_, index) => (index + 1) / buckets);
  const sums = places.map((place) => interpolate(place, shares, cumulative));
  return {
    values: places.map((place) => interpolate(place, shares, values)),
    weights: sums.map((sum, index) => sum - (sums[index - 1] ?? 0)),
  };
}

/** Between the nearest points; beyond the first and last, their values. */
function interpolate(x: number, xs: Float64Array, ys: Float64Array): number {
  const upper = xs.findIndex((each) => each >= x);
  if (upper === -1) return ys.at(-1) ?? NaN;
  const [x1 = x, y1 = NaN] = [xs[upper], ys[upper]];
  if (upper === 0) return y1;
  const [x0 = x, y0 = NaN] = [xs[upper - 1], ys[upper - 1]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
