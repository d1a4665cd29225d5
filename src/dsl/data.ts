import { ModelError, type Shape } from "../nn";
import { show } from "../nn/arguments";
import type { NamedArrays } from "./arrayData";
import { type OptionRule, type OptionRules, requireOptions, text, truth } from "../nn/options";

export interface CsvOptions {
  /** The feature columns by name or number (from 0). Default: all but the label. */
  features?: readonly (string | number)[] | undefined;
  /** The label's column by name or number. Default: the last. */
  label?: string | number | undefined;
  /** Default `","`. */
  delimiter?: string | undefined;
  /** Whether the first line names the columns. Default `true`. */
  header?: boolean | undefined;
}

/** One sample of a generator: its input and its label. */
export interface GeneratedSample {
  readonly x: NamedArrays | number;
  readonly y: NamedArrays | number;
}

export type SampleGenerator = () => Iterable<GeneratedSample> | AsyncIterable<GeneratedSample>;

/** Where samples come from. Nothing is read before a trainer reads it. */
export type DataSource =
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "csv"; readonly path: string; readonly options: CsvOptions }
  | { readonly kind: "arrays"; readonly x: NamedArrays; readonly y: NamedArrays }
  | { readonly kind: "generator"; readonly samples: SampleGenerator };

export interface SplitOptions {
  /** A whole number: that many samples from the start; a share in (0, 1): from the end, as Keras's `validation_split`. */
  validation?: number | undefined;
  /** Likewise, taken before the validation part. A data set that has a test part of its own keeps it. */
  test?: number | undefined;
}

/** What is done to the samples, in order. Statistics are fitted on the training part alone, wherever the split stands. */
export type DataTransform =
  | ({ readonly kind: "split" } & SplitOptions)
  | { readonly kind: "standardize" }
  | { readonly kind: "scale"; readonly factor: number }
  | { readonly kind: "oneHot"; readonly classes: number }
  | { readonly kind: "shuffle"; readonly seed: number }
  | { readonly kind: "take"; readonly count: number };

/** What is known of a data set without reading it. */
export interface DataDescription {
  /** The shape of one sample's input. */
  readonly inputShape?: Shape | undefined;
  /** Likewise by name, where there are several inputs. */
  readonly inputShapes?: Readonly<Record<string, Shape>> | undefined;
  /** The least and the greatest value of the inputs as they come. */
  readonly inputRange?: readonly [number, number] | undefined;
  /** The number of classes where labels are whole numbers 0 … classes − 1. */
  readonly classes?: number | undefined;
  /** The number of samples, a test part of its own left out. */
  readonly samples?: number | undefined;
  /** Whether it brings a test part, which then is not split off. */
  readonly hasTest?: boolean | undefined;
}

/** A declaration of data: immutable, each method returns a new one. */
export class DataSet {
  /** Where it was declared. */
  readonly origin = new Error("origin");

  constructor(
    readonly source: DataSource,
    readonly description: DataDescription = {},
    readonly transforms: readonly DataTransform[] = [],
    /** The data set that this one was made of by its last transform. */
    readonly base?: DataSet,
  ) {}

  /** What read the source, before any transform. */
  get root(): DataSet {
    return this.base?.root ?? this;
  }

  /** Splits off a validation and a test part. */
  split(options: SplitOptions): DataSet {
    return this.with({ kind: "split", ...requireOptions("split", options, SPLIT) });
  }

  /** Subtracts each feature's mean and divides by its standard deviation, both of the training part; a zero deviation divides by 1. */
  standardize(): DataSet {
    return this.with({ kind: "standardize" });
  }

  /** Multiplies the inputs, e.g. by `1 / 255`. */
  scale(factor: number): DataSet {
    requireFinite("scale(factor)", factor);
    return this.with({ kind: "scale", factor });
  }

  /** Turns whole-number labels into one-hot vectors. */
  oneHot(classes: number): DataSet {
    requirePositive("oneHot(classes)", classes);
    return this.with({ kind: "oneHot", classes });
  }

  /** Shuffles the samples once, before any later split. */
  shuffle(seed: number): DataSet {
    requireFinite("shuffle(seed)", seed);
    return this.with({ kind: "shuffle", seed });
  }

  /** Keeps the first `count` samples of what is left (and of the data set's own test part, at most as many). */
  take(count: number): DataSet {
    requirePositive("take(n)", count);
    return this.with({ kind: "take", count });
  }

  private with(transform: DataTransform): DataSet {
    return new DataSet(this.source, this.description, [...this.transforms, transform], this);
  }
}

function requireFinite(what: string, value: unknown): void {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new ModelError("invalid-argument", `${what} takes a finite number; received ${show(value)}.`);
  }
}

function requirePositive(what: string, value: unknown): void {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value <= 0) {
    throw new ModelError("invalid-argument", `${what} takes a positive whole number; received ${show(value)}.`);
  }
}

/** Data held in memory. Labels may be whole numbers, one-hot vectors or targets. */
export function arrays(data: { x: NamedArrays; y: NamedArrays }): DataSet {
  const { x, y } = Object(data) as Partial<typeof data>;
  if (!isNamedArrays(x) || !isNamedArrays(y)) {
    throw new ModelError(
      "invalid-argument",
      `arrays({ x, y }) takes inputs x and labels y, each an array or a map of arrays by name; received ${show(x)} and ${show(y)}.`,
    );
  }
  return new DataSet({ kind: "arrays", x, y });
}

function isNamedArrays(given: unknown): given is NamedArrays {
  if (typeof given !== "object" || given === null) return false;
  if (Array.isArray(given) || ArrayBuffer.isView(given)) return true;
  return Object.values(given).every((array) => typeof array !== "object" || array !== null);
}

const isColumn = (value: unknown): boolean => text.accepts(value) || (Number.isSafeInteger(value) && (value as number) >= 0);
const CSV: OptionRules<CsvOptions> = {
  features: {
    expected: 'a list of column names or numbers such as ["width", 2]',
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isColumn),
  },
  label: { expected: "a column's name or number (from 0)", accepts: isColumn },
  delimiter: text,
  header: truth,
};
const amount: OptionRule = {
  expected: "a whole number of samples or a share between 0 and 1",
  accepts: (value) => typeof value === "number" && value > 0 && (value < 1 || Number.isSafeInteger(value)),
};
const SPLIT: OptionRules<SplitOptions> = { validation: amount, test: amount };

/** A CSV file, its path relative to the model file. @throws ModelError for an option that does not exist or does not fit. */
export function csv(path: string, options: CsvOptions = {}): DataSet {
  if (typeof path !== "string" || path === "") {
    throw new ModelError("invalid-argument", `csv(path) takes the path of a file; received ${show(path)}.`);
  }
  return new DataSet({ kind: "csv", path, options: requireOptions("csv", options, CSV) });
}

/**
 * Samples from a function that returns an iterable. It is called once, when training starts, and drawn to its end or as far as `.take(n)`
 * goes; samples that memory does not hold are kept in a file.
 */
export function generator(samples: SampleGenerator): DataSet {
  if (typeof samples !== "function") {
    throw new ModelError(
      "invalid-argument",
      `generator(fn) takes a function that returns an iterable of { x, y }; received ${typeof samples}.`,
    );
  }
  return new DataSet({ kind: "generator", samples });
}
