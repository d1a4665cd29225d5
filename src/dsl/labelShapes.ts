import { type Dimension, formatShape, type Layer, type Shape, sizeOf } from "../nn";
import { Bidirectional } from "../nn/layers/bidirectional";
import { BaseConvolution } from "../nn/layers/convolution";
import { Recurrent } from "../nn/layers/recurrent";
import { type Labelled, type LabelledOutput, takesClassNumbers } from "./labelledOutputs";

/** Why labels do not fit an output. */
export type LabelMismatchKind =
  /** One number a sample, where the loss takes a vector of zeros with a single 1. */
  | "numbers"
  /** Vectors, where the loss takes class numbers. */
  | "vectors"
  /** Another number of units. */
  | "units"
  /** One label a sample, and an output for each of its positions. */
  | "positions"
  /** As many values in another shape. */
  | "arrangement"
  /** As many dimensions of other sizes. */
  | "extent"
  | "rank";

export interface LabelMismatch {
  readonly kind: LabelMismatchKind;
  /** What the labels are held against. */
  readonly expectation: string;
  readonly advice: string;
}

/** Labels as one number a sample get the output's last dimension of 1, and the reverse for class numbers: their shape, where it fits then. */
export function fitLabelShape<Size extends Dimension>(
  labels: readonly Size[],
  { shape, loss }: Pick<LabelledOutput, "shape"> & Labelled,
): readonly (Size | 1)[] | undefined {
  if (shape === null) return labels;
  const expected = takesClassNumbers({ loss }) ? shape.slice(0, -1) : shape;
  return alternatives(labels).find((candidate) => fitsShape(candidate, expected));
}

/** A sample's shape, and the same with and without a last dimension of 1: where Keras makes one of the other. */
export function alternatives<Size extends Dimension>(sample: readonly Size[]): (readonly (Size | 1)[])[] {
  return [sample, [...sample, 1], ...(sample.at(-1) === 1 ? [sample.slice(0, -1)] : [])];
}

export function fitsShape(received: Shape, expected: Shape): boolean {
  return (
    received.length === expected.length &&
    received.every((size, axis) => size === null || expected[axis] === null || expected[axis] === size)
  );
}

/** A sample's shape in words. */
export function formatSampleShape(shape: Shape): string {
  return shape.length === 0 ? "one number" : `(${shape.map((size) => size ?? "?").join(", ")})`;
}

/** A sample's labels as the end of a sentence: "The labels …". */
export function describeLabelShape(labels: Shape): string {
  return labels.length === 0 ? "are one number a sample" : `have shape ${formatSampleShape(labels)}`;
}

/** Whether labels of a shape fit an output and its loss; undefined where they do. A loss of one's own takes any. */
export function labelMismatch(labels: Shape, output: LabelledOutput): LabelMismatch | undefined {
  const { name, shape, loss, maker } = output;
  if (shape === null || loss === undefined || loss.name === "custom" || labels.includes(null)) return undefined;
  const fitting = fitLabelShape(labels, output);
  if (takesClassNumbers({ loss })) return classNumberMismatch(fitting ?? labels, shape, maker);
  if (fitting !== undefined) return undefined;
  const expectation = `the output "${name}" has ${formatShape(shape)}, and ${loss.name} compares the two.`;
  return { expectation, ...adviseVectors(labels, shape, loss.name, maker) };
}

function classNumberMismatch(labels: Shape, shape: Shape, maker: Layer): LabelMismatch | undefined {
  const places = shape.slice(0, -1);
  if (sizeOf(places) === null || sizeOf(labels) === sizeOf(places) || typeof shape.at(-1) !== "number") return undefined;
  const expectation = `sparseCategoricalCrossentropy takes class numbers of shape ${formatShape(places)}.`;
  if (sizeOf(labels) === 1 && places.length > 0)
    return { kind: "positions", expectation, advice: adviceForPositions(places, maker) };
  return { kind: "vectors", expectation, advice: "For one-hot labels use categoricalCrossentropy." };
}

function adviseVectors(labels: Shape, output: Shape, loss: string, maker: Layer): Pick<LabelMismatch, "kind" | "advice"> {
  const units = output.at(-1);
  const places = output.slice(0, -1);
  const isNumberEach = alternatives(labels).some((candidate) => fitsShape(candidate, places));
  if (isNumberEach && typeof units === "number") return adviseNumbers(units, loss, maker, places.length === 0);
  if (labels.length <= 1 && places.length > 0) {
    if (sizeOf(labels) !== null && sizeOf(labels) === sizeOf(output))
      return { kind: "arrangement", advice: "Put layers.flatten() after the last layer, or change the labels." };
    return { kind: "positions", advice: adviceForPositions(places, maker) };
  }
  if (labels.length === output.length) {
    if (fitsShape(labels.slice(0, -1), places)) return { kind: "units", advice: adviceForUnits(labels.at(-1), maker) };
    const padding = maker instanceof BaseConvolution ? ' Convolutions keep their size with padding: "same".' : "";
    return {
      kind: "extent",
      advice: `Let the output be ${formatExtent(labels.slice(0, -1))} as the labels are, not ${formatExtent(places)}, or change the labels.${padding}`,
    };
  }
  const size = sizeOf(labels);
  const reshape = `layers.reshape([${labels.join(", ")}])`;
  if (size !== null && size === sizeOf(output))
    return { kind: "arrangement", advice: `Put ${reshape} after the last layer, or change the labels.` };
  return {
    kind: "rank",
    advice: `Let the last layers give the labels' shape${places.length === 0 && size !== null ? `: ${size} units, and ${reshape} after them` : ""}, or change the labels.`,
  };
}

/** One number for each vector of the output. */
function adviseNumbers(
  units: number,
  loss: string,
  maker: Layer,
  isOneForEachSample: boolean,
): Pick<LabelMismatch, "kind" | "advice"> {
  if (loss.startsWith("categorical") && units > 1) {
    const encoding = isOneForEachSample ? `Add .oneHot(${units}) to the data, or use` : "Use";
    return { kind: "numbers", advice: `${encoding} sparseCategoricalCrossentropy.` };
  }
  const forClasses = loss.startsWith("binary")
    ? ` For one class out of ${units} use softmax and sparseCategoricalCrossentropy.`
    : "";
  return { kind: "units", advice: adviceForUnits(1, maker) + forClasses };
}

function adviceForUnits(units: Shape[number] | undefined, maker: Layer): string {
  const what = maker instanceof BaseConvolution ? "filter" : "unit";
  return `Give the last layer ${units ?? 1} ${what}${units === 1 ? "" : "s"}, or change the labels.`;
}

function adviceForPositions(places: Shape, maker: Layer): string {
  const pooling = `layers.globalAveragePooling${places.length}d()`;
  const ways = [
    ...(places.length === 1 && followsSequence(maker)
      ? ["let the recurrent layer return its last output alone (without returnSequences)"]
      : []),
    `put ${places.length <= 3 ? `${pooling} or ` : ""}layers.flatten() before the last layer`,
  ];
  return `The output has a value for each of ${formatExtent(places)} positions, and each sample has one label: ${ways.join(", or ")}.`;
}

/** Whether a recurrent layer comes before a layer, or is it. */
function followsSequence(maker: Layer): boolean {
  for (let layer: Layer | undefined = maker; layer !== undefined; layer = layer.inboundNodes.at(-1)?.inputs[0]?.node.layer) {
    if (layer instanceof Recurrent || layer instanceof Bidirectional) return true;
  }
  return false;
}

function formatExtent(places: Shape): string {
  return places.map((size) => size ?? "?").join(" × ");
}
