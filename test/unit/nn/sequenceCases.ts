import { Bidirectional, Conv2D, Dense, GRU, LSTM, MultiHeadAttention, SimpleRNN, TimeDistributed } from "../../../src/nn/layers";
import { type LayerCase, named } from "./layerCase";

const steps = [null, 4, 3];

const recurrent: LayerCase[] = [
  {
    make: () => new SimpleRNN(5),
    inputShape: steps,
    outputShape: [null, 5],
    weights: named({ kernel: [3, 5], recurrent_kernel: [5, 5], bias: [5] }),
    flops: 2 * 4 * (3 + 5) * 5,
  },
  {
    title: "sequences, backwards",
    make: () => new SimpleRNN(5, { returnSequences: true, goBackwards: true }),
    inputShape: steps,
    outputShape: [null, 4, 5],
    weights: named({ kernel: [3, 5], recurrent_kernel: [5, 5], bias: [5] }),
    flops: 2 * 4 * (3 + 5) * 5,
  },
  {
    make: () => new LSTM(5),
    inputShape: steps,
    outputShape: [null, 5],
    weights: named({ kernel: [3, 20], recurrent_kernel: [5, 20], bias: [20] }),
    flops: 2 * 4 * (3 + 5) * 20,
  },
  {
    title: "sequences, state",
    make: () => new LSTM(5, { returnSequences: true, returnState: true }),
    inputShape: steps,
    outputShape: [
      [null, 4, 5],
      [null, 5],
      [null, 5],
    ],
    weights: named({ kernel: [3, 20], recurrent_kernel: [5, 20], bias: [20] }),
    flops: 2 * 4 * (3 + 5) * 20,
  },
  {
    title: "initial state",
    make: () => new LSTM(5),
    inputShape: [steps, [null, 5], [null, 5]],
    outputShape: [null, 5],
    weights: named({ kernel: [3, 20], recurrent_kernel: [5, 20], bias: [20] }),
    flops: 2 * 4 * (3 + 5) * 20,
  },
  {
    title: "without bias",
    make: () => new LSTM(5, { useBias: false, recurrentActivation: "hardSigmoid" }),
    inputShape: steps,
    outputShape: [null, 5],
    weights: named({ kernel: [3, 20], recurrent_kernel: [5, 20] }),
    flops: 2 * 4 * (3 + 5) * 20,
  },
  {
    make: () => new GRU(5),
    inputShape: steps,
    outputShape: [null, 5],
    weights: named({ kernel: [3, 15], recurrent_kernel: [5, 15], bias: [2, 15] }),
    flops: 2 * 4 * (3 + 5) * 15,
  },
  {
    title: "sequences",
    make: () => new GRU(5, { returnSequences: true, activation: "relu" }),
    inputShape: steps,
    outputShape: [null, 4, 5],
    weights: named({ kernel: [3, 15], recurrent_kernel: [5, 15], bias: [2, 15] }),
    flops: 2 * 4 * (3 + 5) * 15,
  },
  {
    title: "reset before",
    make: () => new GRU(5, { resetAfter: false, returnState: true }),
    inputShape: steps,
    outputShape: [
      [null, 5],
      [null, 5],
    ],
    weights: named({ kernel: [3, 15], recurrent_kernel: [5, 15], bias: [15] }),
    flops: 2 * 4 * (3 + 5) * 15,
  },
  {
    title: "without bias",
    make: () => new GRU(5, { useBias: false }),
    inputShape: steps,
    outputShape: [null, 5],
    weights: named({ kernel: [3, 15], recurrent_kernel: [5, 15] }),
    flops: 2 * 4 * (3 + 5) * 15,
  },
];

const wrappersAndAttention: LayerCase[] = [
  {
    make: () => new Bidirectional(new LSTM(3, { returnSequences: true })),
    inputShape: steps,
    outputShape: [null, 4, 6],
    weights: [
      ...named({ kernel: [3, 12], recurrent_kernel: [3, 12], bias: [12] }),
      ...named({ kernel: [3, 12], recurrent_kernel: [3, 12], bias: [12] }),
    ],
    flops: 2 * (2 * 4 * (3 + 3) * 12),
  },
  {
    title: "sum",
    make: () => new Bidirectional(new GRU(3), { mergeMode: "sum" }),
    inputShape: steps,
    outputShape: [null, 3],
    weights: [
      ...named({ kernel: [3, 9], recurrent_kernel: [3, 9], bias: [2, 9] }),
      ...named({ kernel: [3, 9], recurrent_kernel: [3, 9], bias: [2, 9] }),
    ],
    flops: 2 * (2 * 4 * (3 + 3) * 9),
  },
  {
    title: "average",
    make: () => new Bidirectional(new SimpleRNN(3), { mergeMode: "ave" }),
    inputShape: steps,
    outputShape: [null, 3],
    weights: [
      ...named({ kernel: [3, 3], recurrent_kernel: [3, 3], bias: [3] }),
      ...named({ kernel: [3, 3], recurrent_kernel: [3, 3], bias: [3] }),
    ],
    flops: 2 * (2 * 4 * (3 + 3) * 3),
  },
  {
    title: "states",
    make: () => new Bidirectional(new LSTM(3, { returnState: true })),
    inputShape: steps,
    outputShape: [
      [null, 6],
      [null, 3],
      [null, 3],
      [null, 3],
      [null, 3],
    ],
    weights: [
      ...named({ kernel: [3, 12], recurrent_kernel: [3, 12], bias: [12] }),
      ...named({ kernel: [3, 12], recurrent_kernel: [3, 12], bias: [12] }),
    ],
    flops: 2 * (2 * 4 * (3 + 3) * 12),
  },
  {
    title: "both outputs",
    make: () => new Bidirectional(new GRU(3), { mergeMode: null }),
    inputShape: steps,
    outputShape: [
      [null, 3],
      [null, 3],
    ],
    weights: [
      ...named({ kernel: [3, 9], recurrent_kernel: [3, 9], bias: [2, 9] }),
      ...named({ kernel: [3, 9], recurrent_kernel: [3, 9], bias: [2, 9] }),
    ],
    flops: 2 * (2 * 4 * (3 + 3) * 9),
  },
  {
    title: "dense",
    make: () => new TimeDistributed(new Dense(2)),
    inputShape: steps,
    outputShape: [null, 4, 2],
    weights: named({ kernel: [3, 2], bias: [2] }),
    flops: 4 * 2 * 3 * 2,
  },
  {
    title: "convolution",
    make: () => new TimeDistributed(new Conv2D(2, 2)),
    inputShape: [null, 3, 3, 4, 2],
    outputShape: [null, 3, 2, 3, 2],
    weights: named({ kernel: [2, 2, 2, 2], bias: [2] }),
    flops: 3 * 2 * 2 * 3 * 4 * 2 * 2,
  },
  {
    make: () => new MultiHeadAttention(2, 3),
    inputShape: [
      [null, 4, 5],
      [null, 3, 4],
    ],
    outputShape: [null, 4, 5],
    weights: named({
      "query/kernel": [5, 2, 3],
      "query/bias": [2, 3],
      "key/kernel": [4, 2, 3],
      "key/bias": [2, 3],
      "value/kernel": [4, 2, 3],
      "value/bias": [2, 3],
      "attention_output/kernel": [2, 3, 5],
      "attention_output/bias": [5],
    }),
    flops: 2 * (4 * 5 * 6 + 3 * 4 * 6 + 3 * 4 * 6 + 4 * 3 * 6 + 4 * 3 * 6 + 4 * 6 * 5),
  },
  {
    title: "key, value size, output size",
    make: () => new MultiHeadAttention(2, 3, { valueDim: 2, outputShape: 6 }),
    inputShape: [
      [null, 4, 5],
      [null, 3, 4],
      [null, 3, 2],
    ],
    outputShape: [null, 4, 6],
    weights: named({
      "query/kernel": [5, 2, 3],
      "query/bias": [2, 3],
      "key/kernel": [2, 2, 3],
      "key/bias": [2, 3],
      "value/kernel": [4, 2, 2],
      "value/bias": [2, 2],
      "attention_output/kernel": [2, 2, 6],
      "attention_output/bias": [6],
    }),
    flops: 2 * (4 * 5 * 6 + 3 * 2 * 6 + 3 * 4 * 4 + 4 * 3 * 6 + 4 * 3 * 4 + 4 * 4 * 6),
  },
  {
    title: "causal",
    make: () => new MultiHeadAttention(2, 3, { useBias: false, useCausalMask: true }),
    inputShape: [
      [null, 4, 5],
      [null, 4, 5],
    ],
    outputShape: [null, 4, 5],
    weights: named({
      "query/kernel": [5, 2, 3],
      "key/kernel": [5, 2, 3],
      "value/kernel": [5, 2, 3],
      "attention_output/kernel": [2, 3, 5],
    }),
    flops: 2 * (3 * (4 * 5 * 6) + 4 * 4 * 6 + 4 * 4 * 6 + 4 * 6 * 5),
  },
];

/** Recurrent layers, wrappers and attention. */
export const sequenceCases: readonly LayerCase[] = [...recurrent, ...wrappersAndAttention];
