import { type ArrayData, isShaped, isTypedArray, type NamedArrays } from "../../../dsl/arrayData";
import type { DataSet } from "../../../dsl/data";
import type { Dimension, Shape } from "../../../nn/shape";

/** So many values of an array are looked through: that takes some milliseconds. */
export const MOST_VALUES = 1_000_000;
/** So many samples of an array are looked at closely. */
const MOST_SAMPLES = 10_000;

/** The least and the greatest of values. */
export interface ValueRange {
  readonly least: number;
  readonly greatest: number;
  /** Whether it is known of all values; else there are too many to look through, and some may lie beyond. */
  readonly all: boolean;
  /** Whether fractions were seen. */
  readonly fractions?: boolean;
}

/** A range in words, to stand after "go": what was not looked at may lie beyond. */
export function inWords({ least, greatest, all }: ValueRange): string {
  return `${all ? "" : "at least "}from ${least} to ${greatest}`;
}

/** What is known of a data set's labels for one output without reading it. */
export type Labels =
  /** One class number a sample, or one for every place. */
  | {
      readonly kind: "classNumbers";
      /** Their number, where it is declared. */
      readonly classes?: number;
      /** As many as there are by the numbers that were seen: `all` or only some of them. */
      readonly seen?: { readonly classes: number; readonly all: boolean };
      readonly everyPlace?: boolean;
    }
  /** A vector a sample, in which one place is 1 and the others 0. */
  | { readonly kind: "oneHot"; readonly width: number }
  | { readonly kind: "values"; readonly width: number }
  /** One number a sample, of which nothing else is known: a column of a file. */
  | { readonly kind: "number" };

/**
 * The labels for an output; undefined where nothing is known.
 *
 * @param outputName As the model calls it.
 * @param outputShape Batch first: whether a row of labels is one vector or a label for every place depends on it.
 */
export function labelsOf(data: DataSet, outputName: string, outputShape: Shape): Labels | undefined {
  const encoding = data.transforms.findLast((transform) => transform.kind === "oneHot");
  if (encoding !== undefined) return { kind: "oneHot", width: encoding.classes };
  const { classes } = data.description;
  if (classes !== undefined) return { kind: "classNumbers", classes };
  if (data.source.kind === "csv") return { kind: "number" };
  const array = data.source.kind === "arrays" ? arrayCalled(data.source.y, outputName) : undefined;
  return array === undefined ? undefined : describeLabels(array, outputShape);
}

/** The shape of one sample's labels, as far as it is known; one number where a file or a data set has a column of them. */
export function sampleLabelShape(data: DataSet, outputName: string): Shape | undefined {
  const { source, transforms } = data;
  const encoding = transforms.findLast((transform) => transform.kind === "oneHot");
  if (encoding !== undefined) return [encoding.classes];
  if (source.kind === "generator") return undefined;
  if (source.kind !== "arrays") return [];
  const array = arrayCalled(source.y, outputName);
  return array === undefined ? undefined : sampleShape(array);
}

/** The least and the greatest of an output's labels, as far as they were given as arrays and are used as they are. */
export function labelRange({ source, transforms }: DataSet, outputName: string): ValueRange | undefined {
  const array = source.kind === "arrays" ? arrayCalled(source.y, outputName) : undefined;
  if (array === undefined || transforms.some(({ kind }) => kind === "oneHot")) return undefined;
  return rangeOf(array);
}

/** The least and the greatest of an input's values, as far as they were declared or given as arrays and are used as they are, all of them. */
export function inputRange(data: DataSet, inputName: string): ValueRange | undefined {
  if (data.transforms.some(({ kind }) => kind === "standardize" || kind === "scale" || kind === "take")) return undefined;
  return rawRange(data, inputName);
}

function rawRange({ source, description }: DataSet, inputName: string): ValueRange | undefined {
  if (description.inputRange !== undefined) {
    const [least, greatest] = description.inputRange;
    return { least, greatest, all: true };
  }
  const array = source.kind === "arrays" ? arrayCalled(source.x, inputName) : undefined;
  return array === undefined ? undefined : rangeOf(array);
}

function rangeOf(array: ArrayData): ValueRange | undefined {
  const seen = new SeenValues(array);
  return seen.least > seen.greatest ? undefined : seen;
}

/** The shape of one sample's input; undefined where it is not known. @param inputName as the model calls it. */
export function sampleShapeOf({ source, description }: DataSet, inputName: string): Shape | undefined {
  const declared = description.inputShape ?? description.inputShapes?.[inputName];
  if (declared !== undefined) return declared;
  if (source.kind === "csv") return source.options.features === undefined ? undefined : [source.options.features.length];
  const array = source.kind === "arrays" ? arrayCalled(source.x, inputName) : undefined;
  return array === undefined ? undefined : sampleShape(array);
}

/**
 * The greatest absolute value that the inputs have, as far as known, and whether it is that of all; undefined where they are brought to a common
 * scale or unknown.
 */
export function inputMagnitude(
  data: DataSet,
  inputName: string,
): { readonly magnitude: number; readonly all: boolean } | undefined {
  if (data.transforms.some(({ kind }) => kind === "standardize")) return undefined;
  const range = rawRange(data, inputName);
  if (range === undefined) return undefined;
  const magnitude = data.transforms.reduce(
    (scaled, transform) => (transform.kind === "scale" ? scaled * Math.abs(transform.factor) : scaled),
    Math.max(Math.abs(range.least), Math.abs(range.greatest)),
  );
  return { magnitude, all: range.all };
}

function arrayCalled(arrays: NamedArrays, name: string): ArrayData | undefined {
  if (Array.isArray(arrays) || isTypedArray(arrays) || isShaped(arrays)) return arrays as ArrayData;
  return Object.hasOwn(arrays, name) ? (arrays as Readonly<Record<string, ArrayData>>)[name] : undefined;
}

/** The length of an input that was given as a typed array alone. */
export function typedInput({ source }: DataSet, inputName: string): number | undefined {
  const array = source.kind === "arrays" ? arrayCalled(source.x, inputName) : undefined;
  return isTypedArray(array) ? array.length : undefined;
}

/** Undefined where the array is empty or ragged at its start: reading it says what is wrong. */
function sampleShape(array: ArrayData): number[] | undefined {
  if (isTypedArray(array)) return [];
  if (isShaped(array)) return array.shape.slice(1);
  const shape: number[] = [];
  for (let element: unknown = array[0]; Array.isArray(element); element = (element as unknown[])[0]) shape.push(element.length);
  return array.length === 0 || shape.includes(0) ? undefined : shape;
}

function describeLabels(array: ArrayData, [, ...output]: Shape): Labels | undefined {
  const shape = sampleShape(array);
  if (shape === undefined) return undefined;
  const [width = 1] = shape;
  const everyPlace = shape.length === 1 ? output.length === 2 && fitsSize(width, output[0]) : isClassMap(shape, output);
  if (shape.length > 1 && !everyPlace) return undefined;
  if (width > 1 && !everyPlace) return { kind: isOneHot(flatten(array), width) ? "oneHot" : "values", width };
  const { least, greatest, whole, all } = new SeenValues(array);
  if (least > greatest || least < 0 || !whole) return { kind: "values", width: 1 };
  return { kind: "classNumbers", seen: { classes: greatest + 1, all }, everyPlace };
}

/** Whether labels have a number for each place of a map that has a value for each class there. With one value they may as well be an image. */
function isClassMap(shape: readonly number[], output: Shape): boolean {
  const places = shape.length === output.length && shape.at(-1) === 1 ? shape.slice(0, -1) : shape;
  const units = output.at(-1) ?? 1;
  return places.length === output.length - 1 && units > 1 && places.every((size, axis) => fitsSize(size, output[axis]));
}

function fitsSize(size: number, dimension: Dimension | undefined): boolean {
  return dimension === null || dimension === size;
}

function isOneHot(values: readonly number[], width: number): boolean {
  if (!values.every((value) => value === 0 || value === 1)) return false;
  for (let start = 0; start + width <= values.length; start += width) {
    const ones = values.slice(start, start + width).filter((value) => value === 1).length;
    if (ones !== 1) return false;
  }
  return true;
}

/** The values of the first samples in row-major order. */
function flatten(array: ArrayData): number[] {
  if (isTypedArray(array)) return Array.from<number | bigint, number>(array.slice(0, MOST_SAMPLES), Number);
  if (isShaped(array)) return Array.from<number | bigint, number>(array.values.slice(0, MOST_SAMPLES), Number);
  return (array.slice(0, MOST_SAMPLES).flat(4) as unknown[]).slice(0, MOST_SAMPLES * 16).map(Number);
}

// A context of its own looks its globals up anew each time, which takes longer than all else here.
const toNumber = Number;

/** What is seen of an array's values in one pass; the infinite ones and what is no number have no part in least and greatest. */
class SeenValues implements ValueRange {
  least = Infinity;
  greatest = -Infinity;
  /** Whether they are whole numbers. */
  whole = true;
  fractions = false;
  all = true;
  #left = MOST_VALUES;

  constructor(array: ArrayData) {
    this.#look(isShaped(array) ? array.values : array);
  }

  #look(values: ArrayLike<unknown>): void {
    let { least, greatest, whole, fractions } = this;
    let index = 0;
    // Numbers, up to the first array among them.
    for (const end = Math.min(values.length, this.#left); index < end; index++) {
      const entry = values[index];
      if (typeof entry === "object" && entry !== null) break;
      const value = typeof entry === "number" ? entry : toNumber(entry);
      if (!toNumber.isInteger(value)) {
        whole = false;
        fractions ||= toNumber.isFinite(value);
      }
      if ((value >= least && value <= greatest) || !toNumber.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    Object.assign(this, { least, greatest, whole, fractions });
    this.#left -= index;
    for (; index < values.length && this.all; index++) {
      const entry = values[index];
      if (this.#left === 0) this.all = false;
      else this.#look(typeof entry === "object" && entry !== null ? (entry as ArrayLike<unknown>) : [entry]);
    }
  }
}
