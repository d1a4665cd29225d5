/** Values that are not one array. */
export interface StoredValues {
  /** Writes the values from `start` on into `target`: as many as fill it. */
  copyTo(target: Float32Array, start: number): void;
}

/** One array of a data source: a block of `shape` values for each sample, in row-major order. */
export interface Column {
  /** The input or output it is meant for; `undefined` where there is only one. */
  readonly name: string | undefined;
  readonly values: Float32Array | Int32Array | Uint8Array | StoredValues;
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
  /** Lets go of what the values lie in besides memory. */
  readonly release?: () => void;
}

/** One array of a part. Only the source's values are held; the part's own are worked out each time they are read. */
export interface PartColumn extends Pick<Column, "name" | "shape"> {
  /** Writes the values of the samples from `start` on into `target`: as many samples as fill it. */
  read(start: number, target: Float32Array): void;
}

/** Inputs and labels of the same samples, transformed. */
export interface Part {
  readonly x: readonly PartColumn[];
  readonly y: readonly PartColumn[];
  readonly count: number;
}

export interface Parts {
  readonly training: Part;
  readonly validation: Part | undefined;
  readonly test: Part | undefined;
  /** Lets go of what the source's values lie in besides memory: nothing can be read any more. */
  readonly release: () => void;
}
