import { type Column, type Parts, type Samples, sampleSize } from "./samples";

/** Deviations smaller than this share of the mean are rounding: the feature is constant. */
const CONSTANT = 1e-12;

interface Statistics {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Subtracts each feature's mean and divides by its population standard deviation, both of the training part alone; a constant feature
 * divides by 1.
 */
export function standardize({ training, validation, test }: Parts): Parts {
  const statistics = training.x.map(measure);
  const apply = (samples: Samples): Samples => ({
    ...samples,
    x: samples.x.map((column, index) => normalize(column, statistics[index] as Statistics)),
  });
  return { training: apply(training), validation: validation && apply(validation), test: test && apply(test) };
}

function measure({ values, shape }: Column): Statistics {
  const size = sampleSize(shape);
  const count = values.length / size;
  const mean = new Float64Array(size);
  const deviation = new Float64Array(size);
  for (let start = 0; start < values.length; start += size) {
    for (let feature = 0; feature < size; feature++)
      mean[feature] = (mean[feature] as number) + (values[start + feature] as number);
  }
  for (let feature = 0; feature < size; feature++) mean[feature] = (mean[feature] as number) / count;
  for (let start = 0; start < values.length; start += size) {
    for (let feature = 0; feature < size; feature++) {
      const difference = (values[start + feature] as number) - (mean[feature] as number);
      deviation[feature] = (deviation[feature] as number) + difference * difference;
    }
  }
  for (let feature = 0; feature < size; feature++) {
    const measured = Math.sqrt((deviation[feature] as number) / count);
    deviation[feature] = measured > CONSTANT * Math.abs(mean[feature] as number) ? measured : 1;
  }
  return { mean, deviation };
}

function normalize(column: Column, { mean, deviation }: Statistics): Column {
  const { values } = column;
  const normalized = new Float32Array(values.length);
  const size = mean.length;
  for (let start = 0; start < values.length; start += size) {
    for (let feature = 0; feature < size; feature++) {
      normalized[start + feature] =
        ((values[start + feature] as number) - (mean[feature] as number)) / (deviation[feature] as number);
    }
  }
  return { ...column, values: normalized };
}
