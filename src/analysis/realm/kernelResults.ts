import {
  type AvgPool3DAttrs,
  type CastAttrs,
  type ConcatAttrs,
  type DataType,
  type EinsumAttrs,
  type FillAttrs,
  type MaxAttrs,
  type OneHotAttrs,
  type PackAttrs,
  type PadV2Attrs,
  type ResizeBilinearAttrs,
  type ReverseAttrs,
  type SplitVAttrs,
  type SumAttrs,
  type TensorInfo,
  type TileAttrs,
  type TransposeAttrs,
  type UnpackAttrs,
  upcastType,
  util,
} from "@tensorflow/tfjs-core";
import * as shapes from "./kernelShapes";
import type { Inputs } from "./kernelShapes";

/** What a kernel returns, without values. */
export type KernelResult = Pick<TensorInfo, "shape" | "dtype">;

/** Tells what a kernel will return, from its inputs and attributes as tfjs names them. @throws what the kernel throws of shapes. */
export type ResultsOf = (inputs: never, attrs: never) => KernelResult | KernelResult[];

const like = ({ shape, dtype }: TensorInfo, type: DataType = dtype): KernelResult => ({ shape, dtype: type });

/** A result of the first input's type. */
function typedAs<Operands extends Inputs<string> | readonly TensorInfo[], Attrs>(
  shapeOf: (inputs: Operands, attrs: Attrs) => number[],
  type?: DataType,
): (inputs: Operands, attrs: Attrs) => KernelResult {
  return (inputs, attrs) => {
    const [first] = Object.values(inputs);
    return { shape: shapeOf(inputs, attrs), dtype: type ?? first?.dtype ?? "float32" };
  };
}

function every<Results>(names: string, resultsOf: Results): Record<string, Results> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, resultsOf]));
}

const UNARY =
  "Abs Acos Acosh Asin Asinh Atan Atanh Ceil ClipByValue Cos Cosh Cumprod Cumsum Elu Erf Expm1 Floor LRN Log Log1p LogSoftmax Neg OnesLike " +
  "Reciprocal Relu Relu6 Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Sqrt Square Step Tan Tanh ZerosLike";
const BINARY = "Add Atan2 Maximum Minimum Mod Multiply Pow RealDiv SquaredDifference Sub";
const COMPARISONS = "Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr NotEqual";

const broadcast = ({ a, b }: Inputs<"a" | "b">): number[] => shapes.broadcast(a, b);
const given = (_inputs: Inputs<"dy">, { inputShape }: { inputShape: number[] }): number[] => inputShape;

/** By the kernels' names in tfjs-core. The others compute at once: `GatherV2`, for one, refuses indices by their values. */
export const RESULTS: Readonly<Record<string, ResultsOf>> = {
  ...every(UNARY, ({ x }: Inputs<"x">) => like(x)),
  ...every("Exp LeakyRelu", ({ x }: Inputs<"x">) => like(x, "float32")),
  ...every("IsFinite IsInf IsNan LogicalNot", ({ x }: Inputs<"x">) => like(x, "bool")),
  ...every(BINARY, typedAs(broadcast)),
  ...every(COMPARISONS, typedAs(broadcast, "bool")),
  ...every("BatchMatMul _FusedMatMul", typedAs(shapes.matMul)),
  ...every("Conv2D FusedConv2D", typedAs(shapes.conv2d)),
  ...every("DepthwiseConv2dNative FusedDepthwiseConv2D", typedAs(shapes.depthwiseConv2d)),
  ...every("AvgPool MaxPool", typedAs(shapes.pool2d)),
  ...every("AvgPool3D MaxPool3D", typedAs<Inputs<"x">, AvgPool3DAttrs>(shapes.pool3d, "float32")),
  ...every("All Any Min", ({ x }: Inputs<"x">, { axis, keepDims }: SumAttrs) =>
    like({ ...x, shape: shapes.reduced(x, axis, keepDims) }),
  ),
  ...every("Sum Prod", ({ x }: Inputs<"x">, { axis, keepDims }: SumAttrs) => ({
    shape: shapes.reduced(x, axis, keepDims),
    dtype: upcastType(x.dtype, "int32"),
  })),
  ...every("ArgMax ArgMin", ({ x }: Inputs<"x">, { axis }: SumAttrs) => ({
    shape: shapes.reduced(x, axis, false),
    dtype: "int32" as const,
  })),
  ...every("Conv2DBackpropInput Conv3DBackpropInputV2", typedAs(given)),
  AddN: ([first]: [TensorInfo]) => like(first),
  Cast: ({ x }: Inputs<"x">, { dtype }: CastAttrs) => like(x, dtype),
  Concat: typedAs<readonly TensorInfo[], ConcatAttrs>(shapes.concat),
  Conv3D: typedAs(shapes.conv3d),
  Einsum: typedAs<readonly TensorInfo[], EinsumAttrs>(shapes.einsum),
  Fill: (_inputs: object, { shape, dtype }: FillAttrs) => ({ shape, dtype }),
  FloorDiv: typedAs(broadcast, "int32"),
  Max: typedAs(({ x }: Inputs<"x">, { reductionIndices, keepDims }: MaxAttrs) => shapes.reduced(x, reductionIndices, keepDims)),
  Mean: typedAs(({ x }: Inputs<"x">, { axis, keepDims }: SumAttrs) => shapes.reduced(x, axis, keepDims), "float32"),
  OneHot: ({ indices }: Inputs<"indices">, { depth, dtype }: OneHotAttrs) => ({ shape: [...indices.shape, depth], dtype }),
  Pack: typedAs<readonly TensorInfo[], PackAttrs>(shapes.pack),
  PadV2: typedAs(({ x }: Inputs<"x">, { paddings }: PadV2Attrs) =>
    paddings.map(([before, after], axis) => before + (x.shape[axis] ?? 0) + after),
  ),
  Prelu: typedAs(({ x, alpha }: Inputs<"x" | "alpha">) => shapes.broadcast(x, alpha), "float32"),
  ResizeBilinear: typedAs(resized, "float32"),
  ResizeNearestNeighbor: typedAs(resized),
  Reverse: ({ x }: Inputs<"x">, { dims }: ReverseAttrs) => {
    util.parseAxisParam(dims, x.shape);
    return like(x);
  },
  Select: ({ t, e }: Inputs<"t" | "e">) => like(t, upcastType(t.dtype, e.dtype)),
  Slice: typedAs(shapes.slice),
  Softmax: ({ logits }: Inputs<"logits">) => like(logits),
  SplitV: (inputs: Inputs<"x">, attrs: SplitVAttrs) =>
    shapes.splitV(inputs, attrs).map((shape) => ({ shape, dtype: inputs.x.dtype })),
  StridedSlice: typedAs(shapes.stridedSlice),
  Tile: typedAs(({ x }: Inputs<"x">, { reps }: TileAttrs) => x.shape.map((size, axis) => size * (reps[axis] ?? 1))),
  Transpose: typedAs(({ x }: Inputs<"x">, { perm }: TransposeAttrs) => perm.map((axis) => x.shape[axis] ?? 1)),
  Unpack: (inputs: Inputs<"value">, attrs: UnpackAttrs) =>
    shapes.unpack(inputs, attrs).map((shape) => ({ shape, dtype: inputs.value.dtype })),
};

function resized({ images }: Inputs<"images">, { size }: ResizeBilinearAttrs): number[] {
  const [batch = 1, , , channels = 1] = images.shape;
  return [batch, ...size, channels];
}
