/** The shapes of kernels' results, found as tfjs's own kernels find them. All throw what the kernels throw of shapes. */

import {
  type AvgPool3DAttrs,
  type AvgPoolAttrs,
  backend_util,
  type BatchMatMulAttrs,
  broadcast_util,
  type ConcatAttrs,
  type Conv2DAttrs,
  type Conv3DAttrs,
  type DepthwiseConv2dNativeAttrs,
  type EinsumAttrs,
  type PackAttrs,
  type SliceAttrs,
  slice_util,
  type SplitVAttrs,
  type StridedSliceAttrs,
  type SumAttrs,
  type TensorInfo,
  type UnpackAttrs,
  util,
} from "@tensorflow/tfjs-core";

export type Inputs<Name extends string> = Readonly<Record<Name, TensorInfo>>;
type Rank4 = [number, number, number, number];
type Rank5 = [number, number, number, number, number];

export function broadcast(a: TensorInfo, b: TensorInfo): number[] {
  return broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
}

export function reduced(x: TensorInfo, axis: SumAttrs["axis"] | undefined, keepDims: boolean): number[] {
  const axes = util.parseAxisParam(axis as SumAttrs["axis"], x.shape);
  const [shape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  return keepDims ? backend_util.expandShapeToKeepDim(shape, axes) : shape;
}

export function matMul({ a, b }: Inputs<"a" | "b">, { transposeA, transposeB }: BatchMatMulAttrs): number[] {
  const [rows, inner] = matrixSizes(a, transposeA);
  const [others, columns] = matrixSizes(b, transposeB);
  util.assert(
    inner === others,
    () =>
      `Error in matMul: inner shapes (${inner}) and (${others}) of Tensors with shapes ${a.shape.join()} and ${b.shape.join()} must match.`,
  );
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return [...outer, rows, columns];
}

function matrixSizes({ shape }: TensorInfo, transposed: boolean): [rows: number, columns: number] {
  const [rows, columns] = [shape.at(-2) ?? Number.NaN, shape.at(-1) ?? Number.NaN];
  return transposed ? [columns, rows] : [rows, columns];
}

export function conv2d({ x, filter }: Inputs<"x" | "filter">, attrs: Conv2DAttrs): number[] {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attrs;
  const window = [filter.shape as Rank4, strides, dilations, pad, dimRoundingMode] as const;
  const format = backend_util.convertConv2DDataFormat(dataFormat);
  return backend_util.computeConv2DInfo(x.shape as Rank4, ...window, false, format).outShape;
}

export function depthwiseConv2d({ x, filter }: Inputs<"x" | "filter">, attrs: DepthwiseConv2dNativeAttrs): number[] {
  const { strides, pad, dimRoundingMode } = attrs;
  const dilations = (attrs.dilations as DepthwiseConv2dNativeAttrs["dilations"] | null) ?? 1;
  const window = [filter.shape as Rank4, strides, dilations, pad, dimRoundingMode] as const;
  return backend_util.computeConv2DInfo(x.shape as Rank4, ...window, true).outShape;
}

export function conv3d({ x, filter }: Inputs<"x" | "filter">, { strides, dilations, pad }: Conv3DAttrs): number[] {
  return backend_util.computeConv3DInfo(x.shape as Rank5, filter.shape as Rank5, strides, dilations, pad).outShape;
}

export function pool2d({ x }: Inputs<"x">, { filterSize, strides, pad, dimRoundingMode }: AvgPoolAttrs): number[] {
  return backend_util.computePool2DInfo(x.shape as Rank4, filterSize, strides, 1, pad, dimRoundingMode).outShape;
}

export function pool3d({ x }: Inputs<"x">, attrs: AvgPool3DAttrs): number[] {
  const { filterSize, strides, pad, dimRoundingMode, dataFormat } = attrs;
  return backend_util.computePool3DInfo(x.shape as Rank5, filterSize, strides, 1, pad, dimRoundingMode, dataFormat).outShape;
}

export function einsum(inputs: readonly TensorInfo[], { equation }: EinsumAttrs): number[] {
  const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, inputs.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, inputs as never);
  return allDims.slice(0, allDims.length - summedDims.length).map((_name, dimension) => {
    const term = idDims.findIndex((dimensions) => dimensions.includes(dimension));
    return inputs[term]?.shape[idDims[term]?.indexOf(dimension) ?? -1] ?? 1;
  });
}

export function concat(inputs: readonly TensorInfo[], { axis }: ConcatAttrs): number[] {
  const shapes = inputs.map(({ shape }) => shape);
  const [dimension = 0] = util.parseAxisParam(axis, shapes[0] ?? []);
  backend_util.assertParamsConsistent(shapes, dimension);
  return backend_util.computeOutShape(shapes, dimension);
}

export function pack(inputs: readonly TensorInfo[], { axis }: PackAttrs): number[] {
  const [first, ...others] = inputs;
  const shape = [...(first?.shape ?? [])];
  for (const other of others) {
    util.assertShapesMatch(shape, other.shape, "All tensors passed to stack must have matching shapes");
    util.assert(other.dtype === first?.dtype, () => "All tensors passed to stack must have matching dtypes");
  }
  shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, inputs.length);
  return shape;
}

/** One for each result. */
export function unpack({ value: { shape } }: Inputs<"value">, { axis }: UnpackAttrs): number[][] {
  const dimension = axis < 0 ? axis + shape.length : axis;
  return Array.from({ length: shape[dimension] ?? 0 }, () => shape.toSpliced(dimension, 1));
}

/** One for each result. */
export function splitV({ x }: Inputs<"x">, { numOrSizeSplits, axis }: SplitVAttrs): number[][] {
  const [dimension = 0] = util.parseAxisParam(axis, x.shape);
  return backend_util.prepareSplitSize(x as never, numOrSizeSplits, dimension).map((size) => x.shape.with(dimension, size));
}

export function slice({ x }: Inputs<"x">, { begin, size }: SliceAttrs): number[] {
  const [start = [], sizes = []] = slice_util.parseSliceParams(x, begin, size);
  slice_util.assertParamsValid(x, start, sizes);
  return sizes;
}

export function stridedSlice({ x }: Inputs<"x">, attrs: StridedSliceAttrs): number[] {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  return slice_util.sliceInfo(x.shape, begin, end, strides, ...masks).finalShape;
}
