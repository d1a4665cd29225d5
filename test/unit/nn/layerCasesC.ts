import type { Layer } from "../../../src/nn";
import * as activations from "../../../src/nn/parametricActivations";
import {
  Activation,
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
  AdditiveAttention,
  Attention,
  CategoryEncoding,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3DTranspose,
  ConvLSTM1D,
  ConvLSTM2D,
  ConvLSTM3D,
  Dense,
  DepthwiseConv1D,
  DepthwiseConv2D,
  Discretization,
  EinsumDense,
  GroupNormalization,
  GroupQueryAttention,
  Identity,
  IntegerLookup,
  MultiHeadAttention,
  Normalization,
  Rescaling,
  Resizing,
  RMSNormalization,
  SeparableConv1D,
  SpectralNormalization,
  UnitNormalization,
  UpSampling2D,
} from "../../../src/nn/layers";
import { type LayerCase, named } from "./layerCase";

const vector = [null, 6];
const sequence = [null, 4, 6];
const image = [null, 4, 5, 6];
const volume = [null, 3, 4, 2, 2];
const film = [null, 3, 3, 4, 2];
const queryAndValue = [
  [null, 4, 5],
  [null, 3, 5],
];
const queryValueAndKey = [
  [null, 4, 5],
  [null, 3, 6],
  [null, 3, 5],
];

const normalizations: LayerCase[] = [
  {
    make: () => new GroupNormalization(2),
    inputShape: vector,
    outputShape: vector,
    weights: named({ gamma: [6], beta: [6] }),
    flops: 0,
  },
  {
    title: "axis 1, by feature",
    make: () => new GroupNormalization(-1, { axis: 1, scale: false }),
    inputShape: image,
    outputShape: image,
    weights: named({ beta: [4] }),
    flops: 0,
  },
  {
    make: () => new RMSNormalization(),
    inputShape: sequence,
    outputShape: sequence,
    weights: named({ scale: [6] }),
    flops: 0,
  },
  {
    title: "two axes",
    make: () => new RMSNormalization({ axis: [1, 2], epsilon: 0.1 }),
    inputShape: sequence,
    outputShape: sequence,
    weights: named({ scale: [4, 6] }),
    flops: 0,
  },
  { make: () => new UnitNormalization(), inputShape: sequence, outputShape: sequence, flops: 0 },
  {
    make: () => new SpectralNormalization(new Dense(3)),
    inputShape: vector,
    outputShape: [null, 3],
    weights: named({ kernel: [6, 3], vector_u: [1, 3], bias: [3] }),
    fixed: ["vector_u"],
    flops: 36,
    gradientsOutsideTraining: true,
  },
];

const projections = named({
  "query/kernel": [5, 2, 3],
  "query/bias": [2, 3],
  "key/kernel": [5, 2, 3],
  "key/bias": [2, 3],
  "value/kernel": [5, 2, 3],
  "value/bias": [2, 3],
  "attention_output/kernel": [2, 3, 5],
  "attention_output/bias": [5],
});

const attentions: LayerCase[] = [
  { make: () => new Attention(), inputShape: queryAndValue, outputShape: [null, 4, 5], flops: 2 * 4 * 3 * (5 + 5) },
  {
    title: "concat, scaled, scores",
    make: () => new Attention({ useScale: true, scoreMode: "concat", returnAttentionScores: true }),
    inputShape: queryAndValue,
    outputShape: [
      [null, 4, 5],
      [null, 4, 3],
    ],
    weights: named({ scale: [], concat_score_weight: [] }),
    flops: 2 * 4 * 3 * 5,
  },
  {
    make: () => new AdditiveAttention(),
    inputShape: queryAndValue,
    outputShape: [null, 4, 5],
    weights: named({ scale: [5] }),
    flops: 2 * 4 * 3 * 5,
  },
  {
    title: "without scale, scores",
    make: () => new AdditiveAttention({ useScale: false, useCausalMask: true, returnAttentionScores: true }),
    inputShape: queryValueAndKey,
    outputShape: [
      [null, 4, 6],
      [null, 4, 3],
    ],
    flops: 2 * 4 * 3 * 6,
  },
  {
    make: () => new GroupQueryAttention(3, 4, 2),
    inputShape: queryAndValue,
    outputShape: [null, 4, 5],
    weights: named({
      "query/kernel": [5, 4, 3],
      "query/bias": [4, 3],
      "key/kernel": [5, 2, 3],
      "key/bias": [2, 3],
      "value/kernel": [5, 2, 3],
      "value/bias": [2, 3],
      "attention_output/kernel": [4, 3, 5],
      "attention_output/bias": [5],
    }),
    flops: 2 * (4 * 5 * 4 * 3 + 2 * 3 * 5 * 2 * 3 + 4 * 4 * 3 * 5 + 4 * 3 * 4 * (3 + 3)),
  },
  {
    title: "scores",
    make: () => new MultiHeadAttention(2, 3, { returnAttentionScores: true }),
    inputShape: queryAndValue,
    outputShape: [
      [null, 4, 5],
      [null, 2, 4, 3],
    ],
    weights: projections,
    flops: 2 * (4 * 5 * 2 * 3 + 2 * 3 * 5 * 2 * 3 + 4 * 2 * 3 * 5 + 4 * 3 * 2 * (3 + 3)),
  },
  {
    title: "rows, scores",
    make: () => new MultiHeadAttention(2, 3, { attentionAxes: 1, returnAttentionScores: true }),
    inputShape: [
      [null, 3, 2, 4],
      [null, 2, 2, 4],
    ],
    outputShape: [
      [null, 3, 2, 4],
      [null, 2, 2, 3, 2],
    ],
    weights: named({
      "query/kernel": [4, 2, 3],
      "query/bias": [2, 3],
      "key/kernel": [4, 2, 3],
      "key/bias": [2, 3],
      "value/kernel": [4, 2, 3],
      "value/bias": [2, 3],
      "attention_output/kernel": [2, 3, 4],
      "attention_output/bias": [4],
    }),
    flops: 2 * (6 * 4 * 6 + 2 * 4 * 4 * 6 + 6 * 6 * 4 + 6 * 2 * 2 * 6),
  },
];

const convolutions: LayerCase[] = [
  {
    make: () => new Conv1DTranspose(3, 3),
    inputShape: sequence,
    outputShape: [null, 6, 3],
    weights: named({ kernel: [3, 3, 6], bias: [3] }),
    flops: 2 * 4 * 3 * 6 * 3,
  },
  {
    title: "channels first, output padding",
    make: () => new Conv1DTranspose(3, 2, { strides: 3, outputPadding: 2, dataFormat: "channelsFirst" }),
    inputShape: sequence,
    outputShape: [null, 3, 19],
    weights: named({ kernel: [2, 3, 4], bias: [3] }),
    flops: 2 * 6 * 2 * 4 * 3,
  },
  {
    title: "dilated",
    make: () => new Conv2DTranspose(3, 2, { dilationRate: [2, 3] }),
    inputShape: image,
    outputShape: [null, 6, 8, 3],
    weights: named({ kernel: [2, 2, 3, 6], bias: [3] }),
    flops: 2 * 20 * 4 * 6 * 3,
  },
  {
    make: () => new Conv3DTranspose(3, 2),
    inputShape: volume,
    outputShape: [null, 4, 5, 3, 3],
    weights: named({ kernel: [2, 2, 2, 3, 2], bias: [3] }),
    flops: 2 * 24 * 8 * 2 * 3,
  },
  {
    make: () => new DepthwiseConv1D(3, { depthMultiplier: 2 }),
    inputShape: sequence,
    outputShape: [null, 2, 12],
    weights: named({ kernel: [3, 6, 2], bias: [12] }),
    flops: 2 * 2 * 3 * 12,
  },
  {
    title: "strides, dilated",
    make: () => new DepthwiseConv2D(2, { strides: 2, dilationRate: 2 }),
    inputShape: image,
    outputShape: [null, 1, 2, 6],
    weights: named({ kernel: [2, 2, 6, 1], bias: [6] }),
    flops: 2 * 2 * 4 * 6,
  },
  {
    make: () => new SeparableConv1D(3, 2, { activation: "tanh" }),
    inputShape: sequence,
    outputShape: [null, 3, 3],
    weights: named({ depthwise_kernel: [2, 6, 1], pointwise_kernel: [1, 6, 3], bias: [3] }),
    flops: 2 * 3 * 2 * 6 + 2 * 3 * 6 * 3,
  },
  {
    make: () => new ConvLSTM1D(3, 2),
    inputShape: [null, 3, 6, 4],
    outputShape: [null, 5, 3],
    weights: named({ kernel: [2, 4, 12], recurrent_kernel: [2, 3, 12], bias: [12] }),
    flops: 2 * 3 * 5 * 2 * (4 + 3) * 12,
  },
  {
    make: () => new ConvLSTM2D(2, 2),
    inputShape: film,
    outputShape: [null, 2, 3, 2],
    weights: named({ kernel: [2, 2, 2, 8], recurrent_kernel: [2, 2, 2, 8], bias: [8] }),
    flops: 2 * 3 * 6 * 4 * (2 + 2) * 8,
  },
  {
    title: "channels first",
    make: () => new ConvLSTM2D(2, 2, { dataFormat: "channelsFirst", returnSequences: true, returnState: true }),
    inputShape: [null, 3, 2, 3, 4],
    outputShape: [
      [null, 3, 2, 2, 3],
      [null, 2, 2, 3],
      [null, 2, 2, 3],
    ],
    weights: named({ kernel: [2, 2, 2, 8], recurrent_kernel: [2, 2, 2, 8], bias: [8] }),
    flops: 2 * 3 * 6 * 4 * (2 + 2) * 8,
  },
  {
    make: () => new ConvLSTM3D(2, 2),
    inputShape: [null, 2, 3, 2, 3, 2],
    outputShape: [null, 2, 1, 2, 2],
    weights: named({ kernel: [2, 2, 2, 2, 8], recurrent_kernel: [2, 2, 2, 2, 8], bias: [8] }),
    flops: 2 * 2 * 4 * 8 * (2 + 2) * 8,
  },
];

const einsums: LayerCase[] = [
  {
    make: () => new EinsumDense("ab,bc->ac", 4, { biasAxes: "c" }),
    inputShape: vector,
    outputShape: [null, 4],
    weights: named({ kernel: [6, 4], bias: [4] }),
    flops: 48,
  },
  {
    title: "into heads",
    make: () => new EinsumDense("abc,cde->abde", [null, 2, 3], { biasAxes: "de" }),
    inputShape: sequence,
    outputShape: [null, 4, 2, 3],
    weights: named({ kernel: [6, 2, 3], bias: [2, 3] }),
    flops: 2 * 4 * 6 * 6,
  },
  {
    title: "elided right",
    make: () => new EinsumDense("ab...,bc->ac...", 3, { biasAxes: "c" }),
    inputShape: image,
    outputShape: [null, 3, 5, 6],
    weights: named({ kernel: [4, 3], bias: [3, 1, 1] }),
    flops: 2 * 4 * 3 * 30,
  },
];

const resizings: LayerCase[] = [
  {
    title: "bicubic",
    make: () => new UpSampling2D([2, 3], { interpolation: "bicubic" }),
    inputShape: image,
    outputShape: [null, 8, 15, 6],
    flops: 0,
  },
  {
    make: () => new Resizing(7, 3),
    inputShape: image,
    outputShape: [null, 7, 3, 6],
    flops: 0,
  },
  {
    title: "lanczos5, channels first",
    make: () => new Resizing(3, 8, { interpolation: "lanczos5", dataFormat: "channelsFirst" }),
    inputShape: image,
    outputShape: [null, 4, 3, 8],
    flops: 0,
  },
  {
    make: () => new AdaptiveAveragePooling1D(3),
    inputShape: sequence,
    outputShape: [null, 3, 6],
    flops: 0,
  },
  {
    make: () => new AdaptiveAveragePooling2D([3, 2]),
    inputShape: image,
    outputShape: [null, 3, 2, 6],
    flops: 0,
  },
  {
    make: () => new AdaptiveAveragePooling3D([2, 3, 1]),
    inputShape: volume,
    outputShape: [null, 2, 3, 1, 2],
    flops: 0,
  },
  {
    make: () => new AdaptiveMaxPooling1D(3),
    inputShape: sequence,
    outputShape: [null, 3, 6],
    flops: 0,
  },
  {
    make: () => new AdaptiveMaxPooling2D([3, 2]),
    inputShape: image,
    outputShape: [null, 3, 2, 6],
    flops: 0,
  },
  {
    make: () => new AdaptiveMaxPooling3D([2, 3, 2]),
    inputShape: volume,
    outputShape: [null, 2, 3, 2, 2],
    flops: 0,
  },
];

const preparations: LayerCase[] = [
  {
    make: () => new Identity(),
    inputShape: sequence,
    outputShape: sequence,
    flops: 0,
  },
  {
    make: () => new Rescaling(1 / 127.5, { offset: -1 }),
    inputShape: image,
    outputShape: image,
    flops: 0,
  },
  {
    title: "given",
    make: () => new Normalization({ mean: 0.5, variance: 4 }),
    inputShape: sequence,
    outputShape: sequence,
    flops: 0,
  },
  {
    make: () => new CategoryEncoding(7),
    inputShape: vector,
    outputShape: [null, 7],
    flops: 0,
    wholeNumbersBelow: 5,
  },
  {
    title: "one hot",
    make: () => new CategoryEncoding(5, { outputMode: "oneHot" }),
    inputShape: sequence,
    outputShape: [null, 4, 6, 5],
    flops: 0,
    wholeNumbersBelow: 5,
  },
  {
    title: "one hot",
    make: () => new Discretization({ binBoundaries: [0.5, 1, 3.5], outputMode: "oneHot" }),
    inputShape: vector,
    outputShape: [null, 6, 4],
    flops: 0,
    wholeNumbersBelow: 5,
  },
  {
    title: "one hot",
    make: () => new IntegerLookup({ vocabulary: [3, 1, 4], outputMode: "oneHot" }),
    inputShape: sequence,
    outputShape: [null, 4, 6, 4],
    flops: 0,
    wholeNumbersBelow: 6,
  },
];

/** `test/golden/layers_c.json` has Keras's numbers for each of them, by class and title. */
export const layerCasesC: readonly LayerCase[] = [
  ...normalizations,
  ...attentions,
  ...convolutions,
  ...einsums,
  ...resizings,
  ...preparations,
];

/** Further cases of `test/golden/layers_c.json`, by their names there. */
export const furtherLayersC: Readonly<Record<string, () => Layer>> = {
  "GroupNormalization (of an image)": () => new GroupNormalization(3, { epsilon: 0.1 }),
  "GroupNormalization (axis 2)": () => new GroupNormalization(5, { axis: -2, center: false }),
  "RMSNormalization (axis 1)": () => new RMSNormalization({ axis: -1 }),
  "UnitNormalization (two axes)": () => new UnitNormalization({ axis: [1, 2] }),
  "SpectralNormalization (convolution, training)": () => new SpectralNormalization(new Conv2D(3, 2), { powerIterations: 3 }),
  "Attention (scaled, key)": () => new Attention({ useScale: true }),
  "Attention (concat)": () => new Attention({ scoreMode: "concat" }),
  "Attention (masked)": () => new Attention(),
  "Attention (causal, masked)": () => new Attention({ useCausalMask: true }),
  "GroupQueryAttention (one head of keys, gate)": () => new GroupQueryAttention(3, 2, 1, { useGate: true }),
  "GroupQueryAttention (masked, causal)": () => new GroupQueryAttention(2, 4, 2, { useBias: false, useCausalMask: true }),
  "GroupQueryAttention (sliding window, scores)": () =>
    new GroupQueryAttention(2, 4, 4, { slidingWindow: 2, returnAttentionScores: true }),
  "MultiHeadAttention (scores, masked)": () => new MultiHeadAttention(2, 3, { returnAttentionScores: true }),
  "MultiHeadAttention (dropout, masked)": () => new MultiHeadAttention(2, 3, { dropout: 0.5 }),
  "MultiHeadAttention (gate)": () => new MultiHeadAttention(2, 3, { valueDim: 2, useGate: true }),
  "MultiHeadAttention (sliding window)": () => new MultiHeadAttention(2, 3, { slidingWindow: 2 }),
  "MultiHeadAttention (image)": () => new MultiHeadAttention(2, 3),
  "MultiHeadAttention (columns, output size)": () => new MultiHeadAttention(2, 3, { attentionAxes: [2], outputShape: [3, 2] }),
  "MultiHeadAttention (two axes of three, scores)": () =>
    new MultiHeadAttention(2, 3, { attentionAxes: [1, 3], returnAttentionScores: true }),
  "MultiHeadAttention (rows, masked)": () => new MultiHeadAttention(2, 3, { attentionAxes: [1] }),
  "Conv1DTranspose (same, strides)": () => new Conv1DTranspose(3, 3, { strides: 2, padding: "same", activation: "relu" }),
  "Conv1DTranspose (dilated, same)": () => new Conv1DTranspose(2, 3, { dilationRate: 2, padding: "same" }),
  "Conv2DTranspose (dilated, same)": () => new Conv2DTranspose(3, 3, { dilationRate: 2, padding: "same" }),
  "Conv3DTranspose (same, strides)": () => new Conv3DTranspose(2, 3, { strides: 2, padding: "same", useBias: false }),
  "Conv3DTranspose (dilated)": () => new Conv3DTranspose(2, 2, { dilationRate: 2 }),
  "DepthwiseConv1D (same, strides)": () => new DepthwiseConv1D(3, { strides: 2, padding: "same", useBias: false }),
  "DepthwiseConv1D (dilated)": () => new DepthwiseConv1D(2, { dilationRate: 2 }),
  "SeparableConv1D (depth multiplier)": () => new SeparableConv1D(3, 3, { strides: 2, depthMultiplier: 2, padding: "same" }),
  "ConvLSTM1D (sequences, masked)": () => new ConvLSTM1D(2, 3, { padding: "same", returnSequences: true }),
  "ConvLSTM2D (sequences, state, backwards)": () =>
    new ConvLSTM2D(2, 2, { strides: 2, padding: "same", returnSequences: true, returnState: true, goBackwards: true }),
  "ConvLSTM2D (dilated, hard, without bias)": () =>
    new ConvLSTM2D(2, 2, { dilationRate: 2, useBias: false, recurrentActivation: "hardSigmoid" }),
  "ConvLSTM2D (initial state)": () => new ConvLSTM2D(2, 2),
  "EinsumDense (of a sequence)": () => new EinsumDense("abc,cd->abd", [null, 5], { biasAxes: "d", activation: "relu" }),
  "EinsumDense (along time, bias of two axes)": () => new EinsumDense("abc,bd->adc", [5, 6], { biasAxes: "d" }),
  "EinsumDense (elided left)": () => new EinsumDense("...x,xy->...y", 3, { biasAxes: "y" }),
  "EinsumDense (a kernel for each step)": () => new EinsumDense("abc,bcd->abd", [4, 3], { biasAxes: "bd" }),
  "EinsumDense (out of two axes)": () => new EinsumDense("abcd,cde->abe", [null, 3]),
  "EinsumDense (summed axis)": () => new EinsumDense("abc,cd->ad", 3),
  "UpSampling2D (lanczos3)": () => new UpSampling2D([3, 2], { interpolation: "lanczos3" }),
  "UpSampling2D (lanczos5)": () => new UpSampling2D(2, { interpolation: "lanczos5" }),
  "Resizing (nearest)": () => new Resizing(3, 8, { interpolation: "nearest" }),
  "Resizing (bicubic)": () => new Resizing(3, 8, { interpolation: "bicubic" }),
  "Resizing (lanczos3)": () => new Resizing(7, 3, { interpolation: "lanczos3" }),
  "AdaptiveMaxPooling2D (channels first)": () => new AdaptiveMaxPooling2D([2, 4], { dataFormat: "channelsFirst" }),
  "Rescaling (by channel)": () => new Rescaling([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], { offset: [1, 2, 3, 4, 5, 6] }),
  "Normalization (given, by axis 1)": () => new Normalization({ axis: 1, mean: [0.1, 0.2, 0.3, 0.4], variance: [1, 2, 3, 0] }),
  "Normalization (given, inverse, of all)": () => new Normalization({ axis: null, mean: 0.5, variance: 4, invert: true }),
  "Normalization (given, by two axes)": () => new Normalization({ axis: [1, 2], mean: grid(0), variance: grid(1) }),
  "CategoryEncoding (of a sequence)": () => new CategoryEncoding(7),
  "CategoryEncoding (one hot, of a column)": () => new CategoryEncoding(5, { outputMode: "oneHot" }),
  "CategoryEncoding (count)": () => new CategoryEncoding(5, { outputMode: "count" }),
  "Discretization (multi hot)": () => new Discretization({ binBoundaries: [0.5, 1, 3.5], outputMode: "multiHot" }),
  "IntegerLookup (multi hot, mask)": () => new IntegerLookup({ vocabulary: [3, 1, 4], outputMode: "multiHot", maskToken: 0 }),
  "IntegerLookup (count)": () => new IntegerLookup({ vocabulary: [3, 1, 4, 0, 2], outputMode: "count", numOovIndices: 0 }),
  "Activation (gelu, approximate)": () => new Activation(activations.gelu({ approximate: true })),
  "Activation (leaky_relu)": () => new Activation(activations.leakyRelu({ negativeSlope: 0.4 })),
  "Activation (elu)": () => new Activation(activations.elu({ alpha: 1.7 })),
  "Activation (celu)": () => new Activation(activations.celu({ alpha: 0.6 })),
  "Activation (glu, axis 1)": () => new Activation(activations.glu({ axis: 1 })),
  "Activation (soft_shrink)": () => new Activation(activations.softShrink({ threshold: 0.3 })),
  "Activation (hard_shrink)": () => new Activation(activations.hardShrink({ threshold: 0.3 })),
  "Activation (squareplus)": () => new Activation(activations.squareplus({ b: 2 })),
  "Activation (threshold)": () => new Activation(activations.threshold({ threshold: 0.2, defaultValue: -1.5 })),
  "Activation (softmax, axis 1)": () => new Activation(activations.softmax({ axis: 1 })),
  "Activation (log_softmax, axis 1)": () => new Activation(activations.logSoftmax({ axis: 1 })),
};

/** 4 × 6 numbers from `start` on. */
function grid(start: number): number[][] {
  return Array.from({ length: 4 }, (_, row) => Array.from({ length: 6 }, (_, column) => start + 6 * row + column));
}
