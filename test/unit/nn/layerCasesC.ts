import type { Layer } from "../../../src/nn";
import {
  AdditiveAttention,
  Attention,
  Conv2D,
  Dense,
  GroupNormalization,
  GroupQueryAttention,
  MultiHeadAttention,
  RMSNormalization,
  SpectralNormalization,
  UnitNormalization,
} from "../../../src/nn/layers";
import { type LayerCase, named } from "./layerCase";

const vector = [null, 6];
const sequence = [null, 4, 6];
const image = [null, 4, 5, 6];
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

/** `test/golden/layers_c.json` has Keras's numbers for each of them, by class and title. */
export const layerCasesC: readonly LayerCase[] = [...normalizations, ...attentions];

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
};
