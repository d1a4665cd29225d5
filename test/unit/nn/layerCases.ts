import { add, mul, square, sub, sum, type Tensor, tanh } from "@tensorflow/tfjs-core";
import { l2 } from "../../../src/nn/regularizers";
import {
  Activation,
  ActivityRegularization,
  Add,
  AlphaDropout,
  Average,
  BatchNormalization,
  Concatenate,
  Dense,
  Dot,
  Dropout,
  ELU,
  Embedding,
  Flatten,
  GaussianDropout,
  GaussianNoise,
  Lambda,
  LayerNormalization,
  LeakyReLU,
  Masking,
  Maximum,
  Minimum,
  Multiply,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  Reshape,
  Softmax,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
  Subtract,
} from "../../../src/nn/layers";
import { activationNames, type ActivationName } from "../../../src/nn/activations";
import type { LayerCase } from "./layerCase";

const vector = [null, 6];
const sequence = [null, 4, 3];
const image = [null, 4, 5, 2];

const activations: LayerCase[] = activationNames.map((name) => ({
  title: name,
  make: () => new Activation(name as ActivationName),
  inputShape: vector,
  outputShape: name === "glu" ? [null, 3] : vector,
  flops: 0,
}));

const regularization: LayerCase[] = [
  { make: () => new Dropout(0.4), inputShape: sequence },
  { title: "with a noise shape", make: () => new Dropout(0.5, { noiseShape: [null, 1, null] }), inputShape: sequence },
  { make: () => new SpatialDropout1D(0.5), inputShape: sequence },
  { make: () => new SpatialDropout2D(0.5), inputShape: image },
  { title: "channels first", make: () => new SpatialDropout2D(0.5, { dataFormat: "channelsFirst" }), inputShape: image },
  { make: () => new SpatialDropout3D(0.5), inputShape: [null, 2, 2, 3, 2] },
  { make: () => new GaussianDropout(0.3), inputShape: vector },
  { make: () => new GaussianNoise(0.5), inputShape: vector },
  { make: () => new AlphaDropout(0.3), inputShape: vector },
  { make: () => new ActivityRegularization({ l1: 0.01, l2: 0.02 }), inputShape: vector },
].map((layerCase) => ({ ...layerCase, outputShape: layerCase.inputShape, flops: 0, identityOutsideTraining: true }));

const merging: LayerCase[] = [
  { make: () => new Add(), inputShape: [vector, vector, vector], outputShape: vector, flops: 0 },
  { title: "broadcasting", make: () => new Add(), inputShape: [sequence, [null, 1, 3]], outputShape: sequence, flops: 0 },
  { title: "of different ranks", make: () => new Multiply(), inputShape: [sequence, [null, 3]], outputShape: sequence, flops: 0 },
  { make: () => new Subtract(), inputShape: [vector, vector], outputShape: vector, flops: 0 },
  { make: () => new Multiply(), inputShape: [vector, vector, vector], outputShape: vector, flops: 0 },
  { make: () => new Average(), inputShape: [vector, vector, vector], outputShape: vector, flops: 0 },
  { make: () => new Maximum(), inputShape: [vector, vector], outputShape: vector, flops: 0 },
  { make: () => new Minimum(), inputShape: [vector, vector], outputShape: vector, flops: 0 },
  { make: () => new Concatenate(), inputShape: [sequence, [null, 4, 2]], outputShape: [null, 4, 5], flops: 0 },
  {
    title: "in time",
    make: () => new Concatenate({ axis: 1 }),
    inputShape: [sequence, [null, 2, 3]],
    outputShape: [null, 6, 3],
    flops: 0,
  },
  { make: () => new Dot(), inputShape: [vector, vector], outputShape: [null, 1], flops: 12 },
  {
    title: "normalized",
    make: () => new Dot({ normalize: true }),
    inputShape: [vector, vector],
    outputShape: [null, 1],
    flops: 12,
  },
  {
    title: "of sequences",
    make: () => new Dot({ axes: [2, 1] }),
    inputShape: [sequence, [null, 3, 5]],
    outputShape: [null, 4, 5],
    flops: 120,
  },
  {
    title: "of an image",
    make: () => new Dot({ axes: [1, 1] }),
    inputShape: [image, [null, 4]],
    outputShape: [null, 5, 2],
    flops: 80,
  },
];

const rest: LayerCase[] = [
  {
    make: () => new Dense(4),
    inputShape: vector,
    outputShape: [null, 4],
    weights: [
      ["kernel", [6, 4]],
      ["bias", [4]],
    ],
    flops: 48,
  },
  {
    title: "along the last axis, without a bias",
    make: () => new Dense(4, { useBias: false, activation: "tanh", activityRegularizer: l2(0.1) }),
    inputShape: sequence,
    outputShape: [null, 4, 4],
    weights: [["kernel", [3, 4]]],
    flops: 96,
  },
  {
    title: "with a layer as its activation",
    make: () => new Dense(4, { activation: new PReLU({ alphaInitializer: "ones" }) }),
    inputShape: vector,
    outputShape: [null, 4],
    weights: [
      ["kernel", [6, 4]],
      ["bias", [4]],
      ["alpha", [4]],
    ],
    flops: 48,
  },
  { make: () => new ReLU(), inputShape: vector, outputShape: vector, flops: 0 },
  {
    title: "with a threshold, a slope and a greatest value",
    make: () => new ReLU({ threshold: 0.1, negativeSlope: 0.2, maxValue: 1.05 }),
    inputShape: vector,
    outputShape: vector,
    flops: 0,
  },
  { make: () => new LeakyReLU(), inputShape: vector, outputShape: vector, flops: 0 },
  { make: () => new ELU(1.5), inputShape: vector, outputShape: vector, flops: 0 },
  { make: () => new PReLU(), inputShape: sequence, outputShape: sequence, weights: [["alpha", [4, 3]]], flops: 0 },
  {
    title: "shared in time",
    make: () => new PReLU({ sharedAxes: [1] }),
    inputShape: sequence,
    outputShape: sequence,
    weights: [["alpha", [1, 3]]],
    flops: 0,
  },
  { make: () => new Softmax(), inputShape: vector, outputShape: vector, flops: 0 },
  { title: "in time", make: () => new Softmax({ axis: 1 }), inputShape: sequence, outputShape: sequence, flops: 0 },
  { make: () => new Flatten(), inputShape: image, outputShape: [null, 40], flops: 0 },
  {
    title: "channels first",
    make: () => new Flatten({ dataFormat: "channelsFirst" }),
    inputShape: image,
    outputShape: [null, 40],
    flops: 0,
  },
  { title: "of scalars", make: () => new Flatten(), inputShape: [null], outputShape: [null, 1], flops: 0 },
  { make: () => new Reshape([3, 2]), inputShape: vector, outputShape: [null, 3, 2], flops: 0 },
  { title: "with a free size", make: () => new Reshape([-1, 5]), inputShape: image, outputShape: [null, 8, 5], flops: 0 },
  { make: () => new Permute([3, 1, 2]), inputShape: image, outputShape: [null, 2, 4, 5], flops: 0 },
  { make: () => new RepeatVector(3), inputShape: vector, outputShape: [null, 3, 6], flops: 0 },
  {
    make: () => new BatchNormalization(),
    inputShape: sequence,
    outputShape: sequence,
    weights: [
      ["gamma", [3]],
      ["beta", [3]],
      ["moving_mean", [3]],
      ["moving_variance", [3]],
    ],
    fixed: ["moving_mean", "moving_variance"],
    flops: 0,
  },
  {
    title: "of the first axis",
    make: () => new BatchNormalization({ axis: 1, center: false }),
    inputShape: sequence,
    outputShape: sequence,
    weights: [
      ["gamma", [4]],
      ["moving_mean", [4]],
      ["moving_variance", [4]],
    ],
    fixed: ["moving_mean", "moving_variance"],
    flops: 0,
  },
  {
    make: () => new LayerNormalization(),
    inputShape: vector,
    outputShape: vector,
    weights: [
      ["gamma", [6]],
      ["beta", [6]],
    ],
    flops: 0,
  },
  {
    title: "over two axes",
    make: () => new LayerNormalization({ axis: [1, 2] }),
    inputShape: image,
    outputShape: image,
    weights: [
      ["gamma", [4, 5]],
      ["beta", [4, 5]],
    ],
    flops: 0,
  },
  {
    make: () => new Embedding(7, 3, { maskZero: true }),
    inputShape: [null, 4],
    outputShape: sequence,
    weights: [["embeddings", [7, 3]]],
    flops: 0,
    wholeNumbersBelow: 7,
  },
  { make: () => new Masking(), inputShape: sequence, outputShape: sequence, flops: 0 },
  { make: () => new Lambda((x) => sum(square(tanh(x)), -1)), inputShape: sequence, outputShape: [null, 4], flops: null },
  {
    title: "of two tensors",
    make: () => new Lambda(([a, b]) => add(mul(2, sub(a as Tensor, b as Tensor)), 1)),
    inputShape: [vector, vector],
    outputShape: vector,
    flops: null,
  },
];

/** Dense, activations, reshaping, merging, regularization, normalization, embedding, lambda, masking: shapes, weights and FLOPs by hand. */
export const layerCases: readonly LayerCase[] = [...activations, ...regularization, ...merging, ...rest];
