import { type ArrayData, isShaped, isTypedArray, type NamedArrays } from "../../../dsl/arrayData";
import type { DataSet } from "../../../dsl/data";
import type { Shape } from "../../../nn/shape";

/** So many samples of an array are looked at. */
const MOST_SAMPLES = 10_000;

/** What is known of a data set's labels for one output without reading it. */
export type Labels =
  /** One class number a sample, or one for every place. `classes` where their number is declared, `atLeast` where some were seen. */
  | { readonly kind: "classNumbers"; readonly classes?: number; readonly atLeast?: number; readonly everyPlace?: boolean }
  /** A vector a sample, in which one place is 1 and the others 0. */
  | { readonly kind: "oneHot"; readonly width: number }
  | { readonly kind: "values"; readonly width: number };

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
export function labelRange({ source, transforms }: DataSet, outputName: string): readonly [number, number] | undefined {
  const array = source.kind === "arrays" ? arrayCalled(source.y, outputName) : undefined;
  if (array === undefined || transforms.some(({ kind }) => kind === "oneHot")) return undefined;
  return rangeOf(array);
}

/** The least and the greatest of an input's values, as far as they were declared or given as arrays and are used as they are, all of them. */
export function inputRange(
  { source, description, transforms }: DataSet,
  inputName: string,
): readonly [number, number] | undefined {
  if (transforms.some(({ kind }) => kind === "standardize" || kind === "scale" || kind === "take")) return undefined;
  if (description.inputRange !== undefined) return description.inputRange;
  const array = source.kind === "arrays" ? arrayCalled(source.x, inputName) : undefined;
  return array === undefined ? undefined : rangeOf(array);
}

function rangeOf(array: ArrayData): readonly [number, number] | undefined {
  const values = flatten(array).filter(Number.isFinite);
  if (values.length === 0) return undefined;
  return values.reduce<readonly [number, number]>(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)],
    [Infinity, -Infinity],
  );
}

/** The shape of one sample's input; undefined where it is not known. @param inputName as the model calls it. */
export function sampleShapeOf({ source, description }: DataSet, inputName: string): Shape | undefined {
  const declared = description.inputShape ?? description.inputShapes?.[inputName];
  if (declared !== undefined) return declared;
  if (source.kind === "csv") return source.options.features === undefined ? undefined : [source.options.features.length];
  const array = source.kind === "arrays" ? arrayCalled(source.x, inputName) : undefined;
  return array === undefined ? undefined : sampleShape(array);
}

/** The greatest absolute value that the inputs have, as far as known; undefined where they are brought to a common scale or unknown. */
export function inputMagnitude(data: DataSet, inputName: string): number | undefined {
  if (data.transforms.some(({ kind }) => kind === "standardize")) return undefined;
  const magnitude = rawMagnitude(data, inputName);
  if (magnitude === undefined) return undefined;
  return data.transforms.reduce((scaled, transform) => {
    return transform.kind === "scale" ? scaled * Math.abs(transform.factor) : scaled;
  }, magnitude);
}

function rawMagnitude({ source, description }: DataSet, inputName: string): number | undefined {
  if (description.inputRange !== undefined) return Math.max(...description.inputRange.map(Math.abs));
  const array = source.kind === "arrays" ? arrayCalled(source.x, inputName) : undefined;
  if (array === undefined) return undefined;
  const values = flatten(array).map(Math.abs);
  return values.length === 0 ? undefined : values.reduce((greatest, value) => Math.max(greatest, value), 0);
}

function arrayCalled(arrays: NamedArrays, name: string): ArrayData | undefined {
  if (Array.isArray(arrays) || isTypedArray(arrays) || isShaped(arrays)) return arrays as ArrayData;
  return Object.hasOwn(arrays, name) ? (arrays as Readonly<Record<string, ArrayData>>)[name] : undefined;
}

/** Undefined where the array is empty or ragged at its start: reading it says what is wrong. */
function sampleShape(array: ArrayData): number[] | undefined {
  if (isTypedArray(array)) return [];
  if (isShaped(array)) return array.shape.slice(1);
  const shape: number[] = [];
  for (let element: unknown = array[0]; Array.isArray(element); element = (element as unknown[])[0]) shape.push(element.length);
  return array.length === 0 || shape.includes(0) ? undefined : shape;
}

function describeLabels(array: ArrayData, [, ...places]: Shape): Labels | undefined {
  const shape = sampleShape(array);
  if (shape === undefined || shape.length > 1) return undefined;
  const [width = 1] = shape;
  const values = flatten(array);
  const everyPlace = shape.length === 1 && places.length === 2 && [width, null].includes(places[0] ?? null);
  if (width > 1 && !everyPlace) return { kind: isOneHot(values, width) ? "oneHot" : "values", width };
  if (values.length === 0 || !values.every((value) => Number.isInteger(value) && value >= 0)) return { kind: "values", width: 1 };
  return { kind: "classNumbers", atLeast: values.reduce((greatest, value) => Math.max(greatest, value), 0) + 1, everyPlace };
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
