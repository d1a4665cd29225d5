import { type Tensor, transpose } from "@tensorflow/tfjs-core";
import { oneOf, show } from "../arguments";
import { ModelError } from "../errors";
import type { Layer } from "../layer";
import { type Dimension, formatShape, isShapeList, type Shape } from "../shape";

/** The number of spatial dimensions: 1 for sequences, 2 for images, 3 for volumes. */
export type SpatialRank = 1 | 2 | 3;

/** Where the channels stand: last, `(batch, height, width, channels)`, or first, `(batch, channels, height, width)`. */
export type DataFormat = "channelsLast" | "channelsFirst";

/** `"valid"`: no padding. `"same"`: zeros around, so that with a stride of 1 the output has the input's size. */
export type Padding = "valid" | "same";

/** One number for all spatial dimensions, or one for each. */
export type PerDimension = number | readonly number[];

const DIMENSION_NAMES: Readonly<Record<SpatialRank, readonly string[]>> = {
  1: ["steps"],
  2: ["height", "width"],
  3: ["depth", "height", "width"],
};

export function dimensionNames(rank: SpatialRank): readonly string[] {
  return DIMENSION_NAMES[rank];
}

/** One number for each spatial dimension. @throws ModelError unless they are whole numbers of at least `minimum` (default 1). */
export function perDimension(layer: Layer, argument: string, value: PerDimension, rank: SpatialRank, minimum = 1): number[] {
  const values =
    typeof value === "number" ? dimensionNames(rank).map(() => value) : Array.isArray(value) ? [...(value as number[])] : [];
  if (values.length !== rank || values.some((each) => !Number.isSafeInteger(each) || each < minimum)) {
    const list = rank === 1 ? "" : `, or a list of ${rank} (${dimensionNames(rank).join(", ")})`;
    throw new ModelError(
      "invalid-argument",
      `${layer.name}: ${argument} takes a whole number of at least ${minimum}${list}; received ${show(value)}.`,
      layer,
    );
  }
  return values;
}

export function dataFormatOf(layer: Layer, value: DataFormat | undefined): DataFormat {
  return oneOf(layer, `${layer.name}: dataFormat`, value ?? "channelsLast", ["channelsLast", "channelsFirst"]);
}

/** A shape's parts. */
export interface SpatialShape {
  readonly batch: Dimension;
  readonly spatial: Shape;
  readonly channels: Dimension;
}

/** Takes a shape apart. @throws ModelError when it does not have `rank` spatial dimensions. */
export function splitShape(
  layer: Layer,
  shape: Shape | readonly Shape[],
  rank: SpatialRank,
  dataFormat: DataFormat,
): SpatialShape {
  const names = dimensionNames(rank);
  if (isShapeList(shape) || shape.length !== rank + 2) {
    const expected = dataFormat === "channelsLast" ? [...names, "channels"] : ["channels", ...names];
    const received = isShapeList(shape) ? `${shape.length} inputs` : `an input of shape ${formatShape(shape)}`;
    throw new ModelError(
      "shape-mismatch",
      `${layer.name} (${layer.className}) received ${received}; expected (batch, ${expected.join(", ")}). ${rankAdvice(shape, rank)}`,
      layer,
    );
  }
  const [batch = null] = shape;
  return dataFormat === "channelsLast"
    ? { batch, spatial: shape.slice(1, -1), channels: shape.at(-1) ?? null }
    : { batch, spatial: shape.slice(2), channels: shape[1] ?? null };
}

function rankAdvice(shape: Shape | readonly Shape[], rank: SpatialRank): string {
  if (isShapeList(shape)) return "Merge them first, for example with layers.concatenate().";
  const sample = shape.slice(1);
  if (sample.length === rank && !sample.includes(null)) {
    return `Add layers.reshape([${[...sample, 1].join(", ")}]) before it: one channel.`;
  }
  return sample.length < rank
    ? `Give the input ${rank + 1} dimensions with layers.reshape.`
    : `Use the layer of ${sample.length - 1} spatial dimensions, or layers.timeDistributed.`;
}

export function joinShape({ batch, spatial, channels }: SpatialShape, dataFormat: DataFormat): Shape {
  return dataFormat === "channelsLast" ? [batch, ...spatial, channels] : [batch, channels, ...spatial];
}

/** @throws ModelError when the number of channels is unknown: the weights' shapes depend on it. */
export function knownChannels(layer: Layer, { channels }: SpatialShape): number {
  if (channels === null) {
    throw new ModelError(
      "shape-mismatch",
      `${layer.name} needs to know its number of input channels; received an input whose channels are null.`,
      layer,
    );
  }
  return channels;
}

/** A window that slides over the spatial dimensions. */
export interface Window {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilationRate: readonly number[];
  readonly padding: Padding | "causal";
}

/**
 * How many places a window takes in each spatial dimension.
 *
 * @throws ModelError when the window is larger than the input.
 */
export function windowPlaces(layer: Layer, spatial: Shape, window: Window): Shape {
  const extent = window.size.map((size, axis) => (size - 1) * (window.dilationRate[axis] ?? 1) + 1);
  if (window.padding === "valid" && spatial.some((size, axis) => size !== null && size < (extent[axis] ?? 1))) {
    const dilated = window.dilationRate.some((rate) => rate > 1) ? " (with its dilation)" : "";
    throw new ModelError(
      "kernel-larger-than-input",
      `${layer.name} (${layer.className}): a window of ${extent.join(" × ")}${dilated} does not fit into an input of ${spatial.map((size) => size ?? "?").join(" × ")}. ` +
        `Use padding: "same", a smaller window, or less pooling before it.${channelsAdvice(layer, spatial)}`,
      layer,
    );
  }
  return spatial.map((size, axis) => {
    if (size === null) return null;
    const stride = window.strides[axis] ?? 1;
    return window.padding === "valid" ? Math.floor((size - (extent[axis] ?? 1)) / stride) + 1 : Math.ceil(size / stride);
  });
}

/** A first dimension that is much smaller than the others counts channels, as other libraries have it. */
function channelsAdvice({ inboundNodes }: Layer, [first, ...others]: Shape): string {
  const isFirst = others.length > 0 && (first ?? Infinity) <= 4 && others.every((size) => (size ?? 0) > 4);
  const shape = inboundNodes.at(-1)?.inputs[0]?.shape;
  const isInput = isFirst && shape?.at(-1) !== undefined && inboundNodes.at(-1)?.inputs[0]?.node.inputs.length === 0;
  return isInput ? ` Do the channels stand first? Here they come last: (height, width, channels).` : "";
}

/** Runs `body` with the channels last, where tfjs's operations want them. */
export function withChannelsLast(x: Tensor, dataFormat: DataFormat, body: (x: Tensor) => Tensor): Tensor {
  if (dataFormat === "channelsLast") return body(x);
  const spatial = Array.from({ length: x.rank - 2 }, (_, axis) => axis);
  const y = body(transpose(x, [0, ...spatial.map((axis) => axis + 2), 1]));
  return transpose(y, [0, y.rank - 1, ...spatial.map((axis) => axis + 1)]);
}

export function multiply(factors: readonly number[]): number {
  return factors.reduce((product, factor) => product * factor, 1);
}
