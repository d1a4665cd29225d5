/** One array of a data set: a block of `shape` values for each sample, in row-major order. */
export interface Column {
  /** The input or output it is meant for; `undefined` where there is only one. */
  readonly name: string | undefined;
  readonly values: Float32Array | Int32Array | Uint8Array;
  /** The shape of one sample; `[]` for one number. */
  readonly shape: readonly number[];
}

/** Inputs and labels of the same samples. */
export interface Samples {
  readonly x: readonly Column[];
  readonly y: readonly Column[];
  readonly count: number;
}

/** What a data source holds before any transform. */
export interface SourceSamples {
  /** For messages: `Fashion-MNIST`, the path of a CSV file. */
  readonly title: string;
  readonly samples: Samples;
  /** The test part that some data sets bring. */
  readonly test?: Samples | undefined;
}

export interface Parts {
  readonly training: Samples;
  readonly validation: Samples | undefined;
  readonly test: Samples | undefined;
}

/** The number of values of one sample. */
export function sampleSize(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

export function formatSampleShape(shape: readonly number[]): string {
  return shape.length === 0 ? "one number" : `(${shape.join(", ")})`;
}
