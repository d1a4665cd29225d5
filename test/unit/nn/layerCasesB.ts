import type { Layer } from "../../../src/nn/layer";
import { Bidirectional } from "../../../src/nn/layers/bidirectional";
import { Conv1D, Conv2D, Conv3D } from "../../../src/nn/layers/convolution";
import { Cropping1D, Cropping2D, Cropping3D } from "../../../src/nn/layers/cropping";
import { Dense } from "../../../src/nn/layers/dense";
import { DepthwiseConv2D, SeparableConv2D } from "../../../src/nn/layers/depthwiseConvolution";
import {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
} from "../../../src/nn/layers/globalPooling";
import { GRU } from "../../../src/nn/layers/gru";
import { LSTM } from "../../../src/nn/layers/lstm";
import { MultiHeadAttention } from "../../../src/nn/layers/multiHeadAttention";
import {
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
} from "../../../src/nn/layers/pooling";
import { SimpleRNN } from "../../../src/nn/layers/simpleRNN";
import { TimeDistributed } from "../../../src/nn/layers/timeDistributed";
import { Conv2DTranspose } from "../../../src/nn/layers/transposedConvolution";
import { UpSampling1D, UpSampling2D, UpSampling3D } from "../../../src/nn/layers/upSampling";
import { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from "../../../src/nn/layers/zeroPadding";
import type { Shape } from "../../../src/nn/shape";

/** A layer and the shapes it is tried on. */
export interface LayerCase {
  readonly name: string;
  readonly make: () => Layer;
  /** Batch first; a list for a layer that takes several inputs. */
  readonly inputShape: Shape | readonly Shape[];
}

const SEQUENCE: Shape = [null, 6, 4];
const IMAGE: Shape = [null, 6, 5, 4];
const VOLUME: Shape = [null, 4, 5, 3, 2];
const STEPS: Shape = [null, 4, 3];
const STATE: Shape = [null, 5];
const QUERY: Shape = [null, 4, 5];

function onto(inputShape: Shape | readonly Shape[], cases: Readonly<Record<string, () => Layer>>): LayerCase[] {
  return Object.entries(cases).map(([name, make]) => ({ name, make, inputShape }));
}

/** Convolutions, pooling, resizing, recurrent layers, wrappers and attention; `test/golden/layers_b.json` has Keras's numbers for them. */
export const layerCasesB: readonly LayerCase[] = [
  ...onto(SEQUENCE, {
    conv1D: () => new Conv1D(3, 3),
    "conv1D same strides": () => new Conv1D(3, 3, { strides: 2, padding: "same", activation: "relu" }),
    "conv1D causal dilation": () => new Conv1D(3, 2, { padding: "causal", dilationRate: 2 }),
    "conv1D groups": () => new Conv1D(4, 2, { groups: 2, useBias: false }),
    maxPooling1D: () => new MaxPooling1D(),
    "maxPooling1D same": () => new MaxPooling1D(4, { strides: 3, padding: "same" }),
    averagePooling1D: () => new AveragePooling1D(),
    globalMaxPooling1D: () => new GlobalMaxPooling1D(),
    zeroPadding1D: () => new ZeroPadding1D([1, 2]),
    cropping1D: () => new Cropping1D([1, 2]),
    upSampling1D: () => new UpSampling1D(3),
  }),
  ...onto(IMAGE, {
    conv2D: () => new Conv2D(3, 3),
    "conv2D same strides": () => new Conv2D(3, [3, 2], { strides: 2, padding: "same", activation: "tanh" }),
    "conv2D dilation": () => new Conv2D(3, 2, { dilationRate: [2, 3] }),
    "conv2D same dilation": () => new Conv2D(3, 3, { dilationRate: 2, padding: "same" }),
    "conv2D groups": () => new Conv2D(4, 2, { groups: 2 }),
    "conv2D channelsFirst": () => new Conv2D(2, 2, { dataFormat: "channelsFirst", activation: "softmax" }),
    conv2DTranspose: () => new Conv2DTranspose(3, 3),
    "conv2DTranspose same strides": () => new Conv2DTranspose(3, 3, { strides: 2, padding: "same" }),
    "conv2DTranspose valid strides": () => new Conv2DTranspose(2, 2, { strides: 3 }),
    "conv2DTranspose outputPadding": () => new Conv2DTranspose(2, 3, { strides: 2, padding: "same", outputPadding: 1 }),
    depthwiseConv2D: () => new DepthwiseConv2D(3, { depthMultiplier: 2 }),
    "depthwiseConv2D same strides": () => new DepthwiseConv2D(3, { strides: 2, padding: "same" }),
    "depthwiseConv2D dilation": () => new DepthwiseConv2D(2, { dilationRate: 2, padding: "same" }),
    separableConv2D: () => new SeparableConv2D(3, 3, { activation: "relu" }),
    "separableConv2D depthMultiplier": () =>
      new SeparableConv2D(3, 2, { strides: 2, depthMultiplier: 2, useBias: false, padding: "same" }),
    maxPooling2D: () => new MaxPooling2D(),
    "maxPooling2D overlapping": () => new MaxPooling2D([3, 2], { strides: 1, padding: "same" }),
    "maxPooling2D channelsFirst": () => new MaxPooling2D({ dataFormat: "channelsFirst" }),
    "averagePooling2D same": () => new AveragePooling2D(3, { padding: "same" }),
    globalMaxPooling2D: () => new GlobalMaxPooling2D({ keepdims: true }),
    globalAveragePooling2D: () => new GlobalAveragePooling2D({ dataFormat: "channelsFirst" }),
    zeroPadding2D: () =>
      new ZeroPadding2D([
        [1, 0],
        [2, 1],
      ]),
    cropping2D: () => new Cropping2D([2, 1]),
    upSampling2D: () => new UpSampling2D([2, 3]),
    "upSampling2D bilinear": () => new UpSampling2D([2, 3], { interpolation: "bilinear" }),
  }),
  ...onto(VOLUME, {
    conv3D: () => new Conv3D(3, 2),
    "conv3D same strides": () => new Conv3D(2, 3, { strides: 2, padding: "same" }),
    "conv3D dilation": () => new Conv3D(2, 2, { dilationRate: 2 }),
    maxPooling3D: () => new MaxPooling3D(),
    "averagePooling3D same": () => new AveragePooling3D(3, { strides: 2, padding: "same" }),
    globalMaxPooling3D: () => new GlobalMaxPooling3D(),
    globalAveragePooling3D: () => new GlobalAveragePooling3D(),
    zeroPadding3D: () => new ZeroPadding3D([1, 0, 2], { dataFormat: "channelsFirst" }),
    cropping3D: () =>
      new Cropping3D([
        [1, 0],
        [2, 1],
        [0, 1],
      ]),
    upSampling3D: () => new UpSampling3D(),
  }),
  ...onto(STEPS, {
    globalAveragePooling1D: () => new GlobalAveragePooling1D(),
    "globalAveragePooling1D masked": () => new GlobalAveragePooling1D(),
    simpleRNN: () => new SimpleRNN(5),
    "simpleRNN sequences backwards": () => new SimpleRNN(5, { returnSequences: true, goBackwards: true }),
    lstm: () => new LSTM(5),
    "lstm sequences state": () => new LSTM(5, { returnSequences: true, returnState: true }),
    "lstm masked": () => new LSTM(5, { returnSequences: true }),
    "lstm masked backwards": () => new LSTM(5, { goBackwards: true }),
    "lstm no bias": () => new LSTM(5, { useBias: false, recurrentActivation: "hardSigmoid" }),
    gru: () => new GRU(5),
    "gru sequences": () => new GRU(5, { returnSequences: true, activation: "relu" }),
    "gru resetBefore": () => new GRU(5, { resetAfter: false, returnState: true }),
    "gru masked": () => new GRU(5, { returnSequences: true }),
    "gru no bias": () => new GRU(5, { useBias: false }),
    bidirectional: () => new Bidirectional(new LSTM(3, { returnSequences: true })),
    "bidirectional sum": () => new Bidirectional(new GRU(3), { mergeMode: "sum" }),
    "bidirectional ave": () => new Bidirectional(new SimpleRNN(3), { mergeMode: "ave" }),
    "bidirectional mul masked": () => new Bidirectional(new LSTM(3, { returnSequences: true }), { mergeMode: "mul" }),
    "bidirectional state": () => new Bidirectional(new LSTM(3, { returnState: true })),
    "bidirectional null": () => new Bidirectional(new GRU(3), { mergeMode: null }),
    "timeDistributed dense": () => new TimeDistributed(new Dense(2)),
  }),
  ...onto([STEPS, STATE, STATE], { "lstm initial state": () => new LSTM(5) }),
  ...onto([null, 3, 3, 4, 2], { "timeDistributed conv2D": () => new TimeDistributed(new Conv2D(2, 2)) }),
  ...onto([null, 4, 3, 2], { "timeDistributed lstm masked": () => new TimeDistributed(new LSTM(3)) }),
  ...onto([QUERY, [null, 3, 4]], { multiHeadAttention: () => new MultiHeadAttention(2, 3) }),
  ...onto([QUERY, [null, 3, 4], [null, 3, 2]], {
    "multiHeadAttention key": () => new MultiHeadAttention(2, 3, { valueDim: 2, outputShape: 6 }),
  }),
  ...onto([QUERY, QUERY], {
    "multiHeadAttention masked": () => new MultiHeadAttention(2, 3),
    "multiHeadAttention causal": () => new MultiHeadAttention(2, 3, { useBias: false, useCausalMask: true }),
  }),
];
