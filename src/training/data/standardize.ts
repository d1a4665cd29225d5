import { sizeOf } from "../../nn/shape";
import type { Pace } from "../loop/pace";
import { chunks, mapParts, withChange } from "./partColumns";
import type { PartColumn, Parts } from "./samples";

/** Deviations smaller than this share of the mean are rounding: the feature is constant. */
const CONSTANT = 1e-12;

interface Statistics {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Subtracts each feature's mean and divides by its population standard deviation, both of the training part alone; a constant feature
 * divides by 1.
 *
 * @throws the signal's reason when aborted.
 */
export async function standardize(parts: Parts, pace: Pace, signal: AbortSignal): Promise<Parts> {
  const statistics: Statistics[] = [];
  for (const column of parts.training.x) statistics.push(await measure(column, parts.training.count, pace, signal));
  return mapParts(parts, (part) => ({
    ...part,
    x: part.x.map((column, index) => {
      const { mean, deviation } = statistics[index] as Statistics;
      return withChange(column, (values) => normalize(values, mean, deviation));
    }),
  }));
}

async function measure(column: PartColumn, count: number, pace: Pace, signal: AbortSignal): Promise<Statistics> {
  const size = sizeOf(column.shape);
  const mean = new Float64Array(size);
  for (const { values } of chunks(column, count)) {
    addSamples(mean, values);
    await pace.giveWay(signal);
  }
  for (let feature = 0; feature < size; feature++) mean[feature] = (mean[feature] as number) / count;
  const deviation = new Float64Array(size);
  for (const { values } of chunks(column, count)) {
    addSquaredDifferences(deviation, values, mean);
    await pace.giveWay(signal);
  }
  for (let feature = 0; feature < size; feature++) {
    const measured = Math.sqrt((deviation[feature] as number) / count);
    deviation[feature] = measured > CONSTANT * Math.abs(mean[feature] as number) ? measured : 1;
  }
  return { mean, deviation };
}

function addSamples(sums: Float64Array, values: Float32Array): void {
  const size = sums.length;
  for (let start = 0; start < values.length; start += size) {
    for (let feature = 0; feature < size; feature++)
      sums[feature] = (sums[feature] as number) + (values[start + feature] as number);
  }
}

function addSquaredDifferences(sums: Float64Array, values: Float32Array, mean: Float64Array): void {
  const size = sums.length;
  for (let start = 0; start < values.length; start += size) {
    for (let feature = 0; feature < size; feature++) {
      const difference = (values[start + feature] as number) - (mean[feature] as number);
      sums[feature] = (sums[feature] as number) + difference * difference;
    }
  }
}

function normalize(values: Float32Array, mean: Float64Array, deviation: Float64Array): void {
  const size = mean.length;
  for (let start = 0; start < values.length; start += size) {
    for (let feature = 0; feature < size; feature++) {
      const value = values[start + feature] as number;
      values[start + feature] = (value - (mean[feature] as number)) / (deviation[feature] as number);
    }
  }
}
