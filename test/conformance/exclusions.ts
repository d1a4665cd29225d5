/** Tests of tfjs-core that do not hold for tfjs-node's kernels on TensorFlow. */
export interface Exclusion {
  readonly reason: string;
  /** Parts of full test names, as in tfjs-node's own list. */
  readonly tests: readonly string[];
}

export const EXCLUSIONS: readonly Exclusion[] = [
  {
    reason: "tfjs-node's pooling and convolution kernels take the paddings 'valid' and 'same' only",
    tests: [
      "avgPool test-tensorflow {} x=[3,3,1] f=[3,3] s=1 p=explicit",
      "avgPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 default dimRoundingMode",
      "avgPool test-tensorflow {} x=[2,2,3] f=[1,1] s=2 p=1 dimRoundingMode=floor",
      "avgPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 dimRoundingMode=floor",
      "avgPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 dimRoundingMode=round",
      "avgPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 dimRoundingMode=ceil",
      "avgPool test-tensorflow {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit",
      "avgPool3d test-tensorflow {} x=[1,2,2,2,1] f=[2,2,2] s=1 p=1 roundingMode=floor",
      "avgPool3d test-tensorflow {} x=[1,1,1,1,1] f=[2,2,2] s=1 p=2",
      "conv2dTranspose test-tensorflow {} input=3x3x1,d2=1,f=2,s=2,p=explicit",
      "conv2dTranspose test-tensorflow {} gradient input=[1,3,3,1] f=[2,2,2,1] s=[1,1] p=explicit",
      "maxPool test-tensorflow {} x=[3,3,1] f=[3,3] s=1 p=explicit",
      "maxPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 default dimRoundingMode",
      "maxPool test-tensorflow {} x=[2,2,3] f=[1,1] s=2 p=1 dimRoundingMode=floor",
      "maxPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 dimRoundingMode=floor",
      "maxPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 dimRoundingMode=round",
      "maxPool test-tensorflow {} x=[2,2,3] f=[2,2] s=3 p=1 dimRoundingMode=ceil",
      "maxPool3d test-tensorflow {} x=[1,2,2,2,1] f=[2,2,2] s=1 p=1 roundingMode=floor",
      "maxPoolBackprop test-tensorflow {} gradient x=[3,3,1] f=3 s=1 p=explicit",
      "pool test-tensorflow {} max x=[3,3,1] f=[3,3] s=1 d=1 p=explicit",
      "pool test-tensorflow {} max x=[3,3,1] f=[3,3] s=3 d=1 p=explicit defualt dimRoundingMode",
      "pool test-tensorflow {} max x=[3,3,1] f=[3,3] s=3 d=1 p=explicit dimRoundingMode=floor",
      "pool test-tensorflow {} max x=[3,3,1] f=[3,3] s=3 d=1 p=explicit dimRoundingMode=round",
      "pool test-tensorflow {} max x=[3,3,1] f=[3,3] s=3 d=1 p=explicit dimRoundingMode=ceil",
      "pool test-tensorflow {} max x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding",
      "pool test-tensorflow {} avg x=[3,3,1] f=[3,3] s=1 d=1 p=explicit",
      "pool test-tensorflow {} avg x=[3,3,1] f=[3,3] s=3 d=1 p=explicit defualt dimRoundingMode",
      "pool test-tensorflow {} avg x=[3,3,1] f=[3,3] s=3 d=1 p=explicit dimRoundingMode=floor",
      "pool test-tensorflow {} avg x=[3,3,1] f=[3,3] s=3 d=1 p=explicit dimRoundingMode=round",
      "pool test-tensorflow {} avg x=[3,3,1] f=[3,3] s=3 d=1 p=explicit dimRoundingMode=ceil",
      "pool test-tensorflow {} avg x=[2,2,3] f=[1,1] s=2 p=1 fractional outputs default rounding",
    ],
  },
  {
    reason: "tfjs-node's FusedConv2D kernel takes the data format NHWC only",
    tests: [
      "fused conv2d test-tensorflow {} basic in NCHW",
      "fused conv2d test-tensorflow {} im2row in NCHW",
      "fused conv2d test-tensorflow {} batch in NCHW",
    ],
  },
  {
    reason: "TensorFlow refuses a pooling window larger than its input; the core expects an empty result",
    tests: ["avgPool3d test-tensorflow {} x=[1,1,1,1,1] f=[1,1,3] s=1 p=valid"],
  },
  {
    reason: "TensorFlow refuses an output shape that 'same' padding with stride 1 cannot have",
    tests: ["conv2dTranspose test-tensorflow {} input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4"],
  },
  {
    reason: "TensorFlow refuses an indices vector where the core reads it as a column of indices",
    tests: [
      "scatterND test-tensorflow {} should work for 2d",
      "scatterND test-tensorflow {} should work for simple 1d",
      "scatterND test-tensorflow {} should work for multiple 1d",
      "scatterND test-tensorflow {} should sum the duplicated indices",
      "scatterND test-tensorflow {} should work for tensorLike input",
    ],
  },
  {
    reason: "TensorFlow has no kernel of this operation for this type of input",
    tests: [
      "diag test-tensorflow {} bool",
      "greater test-tensorflow {} should support string comparison",
      "greaterEqual test-tensorflow {} should support string comparison",
      "less test-tensorflow {} should support string comparison",
      "lessEqual test-tensorflow {} should support string comparison",
      "leakyrelu test-tensorflow {} int32",
      "step kernel test-tensorflow {} with int32 tensor",
    ],
  },
  {
    reason: "TensorFlow's Einsum can do what the core expects to be refused",
    tests: [
      "einsum test-tensorflow {} 2d matrix calculate trace: duplicate axes not implemented yet",
      "einsum test-tensorflow {} nonexistent dimension throws error",
    ],
  },
  {
    reason: "TensorFlow's sign of NaN is NaN, the core's is 0",
    tests: [
      "sign test-tensorflow {} basic",
      "sign test-tensorflow {} does not propagate NaNs",
      "sign test-tensorflow {} accepts a tensor-like object",
    ],
  },
  {
    reason: "TensorFlow's Unique takes each NaN for a value of its own",
    tests: ["unique test-tensorflow {} 1d tensor with NaN and Infinity"],
  },
  {
    reason: "the stateful Multinomial draws on from where it stopped, whatever its seed",
    tests: ["multinomial test-tensorflow {} creates the same data given the same seed"],
  },
  {
    reason: "TensorFlow's tangent near a pole differs from JavaScript's in the seventh digit",
    tests: ["tan test-tensorflow {} numbers exceed float32 precision"],
  },
];
