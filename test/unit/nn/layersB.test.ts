import { tensor, type Tensor, tidy, zeros } from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
  deriveParameterCount,
  input,
  type Layer,
  ModelError,
  newPass,
  resetDeclarations,
  SeededRandomStream,
  type Shape,
  type SymbolicTensor,
  withZeroWeights,
} from "../../../src/nn";
import {
  Bidirectional,
  Conv1D,
  Conv2D,
  Conv2DTranspose,
  Cropping1D,
  Dense,
  DepthwiseConv2D,
  GRU,
  LSTM,
  MaxPooling2D,
  MultiHeadAttention,
  SimpleRNN,
  TimeDistributed,
  UpSampling2D,
  ZeroPadding2D,
} from "../../../src/nn/layers";
import "./backend";

beforeEach(() => void resetDeclarations());

function errorOf(body: () => unknown): ModelError {
  try {
    body();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

const on = (layer: Layer, shape: Shape): SymbolicTensor => layer(input({ shape }));

describe("inputs that do not fit", () => {
  it("says what a convolution received, what it expects and what to do", () => {
    const error = errorOf(() => on(new Conv2D(8, 3), [28, 28]));
    expect(error.code).toBe("shape-mismatch");
    expect(error.message).toContain("(?, 28, 28)");
    expect(error.message).toContain("(batch, height, width, channels)");
    expect(error.message).toContain("layers.reshape([28, 28, 1])");
  });

  it.each<[string, string, () => unknown]>([
    ["a kernel larger than the input", "kernel-larger-than-input", () => on(new Conv2D(8, 5), [4, 4, 1])],
    [
      "a dilated kernel larger than the input",
      "kernel-larger-than-input",
      () => on(new Conv1D(8, 3, { dilationRate: 4 }), [8, 1]),
    ],
    ["a pooling window larger than the input", "kernel-larger-than-input", () => on(new MaxPooling2D(3), [2, 2, 1])],
    ["channels that groups do not divide", "shape-mismatch", () => on(new Conv2D(4, 2, { groups: 2 }), [4, 4, 3])],
    ["cropping that leaves nothing", "shape-mismatch", () => on(new Cropping1D(2), [4, 1])],
    ["a vector for a recurrent layer", "shape-mismatch", () => on(new LSTM(4), [10])],
    ["an image for a recurrent layer", "shape-mismatch", () => on(new GRU(4), [10, 3, 3])],
    ["no steps for timeDistributed", "shape-mismatch", () => on(new TimeDistributed(new Dense(2)), [4])],
    ["one input for attention", "shape-mismatch", () => on(new MultiHeadAttention(2, 3), [4, 5])],
    [
      "another number of features for a shared layer",
      "shape-mismatch",
      () => {
        const shared = new SimpleRNN(4);
        on(shared, [5, 3]);
        on(shared, [5, 2]);
      },
    ],
  ])("%s", (_, code, body) => {
    expect(errorOf(body).code).toBe(code);
  });
});

it.each<[string, () => unknown]>([
  ["filters of 0", () => new Conv2D(0, 3)],
  ["a kernel of the wrong length", () => new Conv2D(8, [3, 3, 3])],
  ["a fractional stride", () => new Conv1D(8, 3, { strides: 1.5 })],
  ["strides with dilation", () => new Conv2D(8, 3, { strides: 2, dilationRate: 2 })],
  ["groups that do not divide the filters", () => new Conv2D(3, 3, { groups: 2 })],
  ["an unknown padding", () => new Conv2D(8, 3, { padding: "full" as "same" })],
  ["causal padding of images", () => new Conv2D(8, 3, { padding: "causal" as "same" })],
  ["unequal strides of a depthwise convolution", () => new DepthwiseConv2D(3, { strides: [1, 2] })],
  ["an outputPadding as large as the strides", () => new Conv2DTranspose(3, 3, { strides: 2, outputPadding: 2 })],
  ["an unknown interpolation", () => new UpSampling2D(2, { interpolation: "cubic" as "nearest" })],
  ["negative margins", () => new ZeroPadding2D(-1)],
  ["units of 0", () => new LSTM(0)],
  ["a dropout of 1", () => new GRU(4, { dropout: 1 })],
  ["bidirectional around a dense layer", () => new Bidirectional(new Dense(3) as unknown as LSTM)],
  ["two layers that read in one direction", () => new Bidirectional(new LSTM(3), { backwardLayer: new LSTM(3) })],
  ["timeDistributed around nothing", () => new TimeDistributed(undefined as unknown as Layer)],
])("refuses %s", (_, make) => {
  const { code, message } = errorOf(make);
  expect(code).toBe("invalid-argument");
  expect(message).toMatch(/takes|must|exclude/);
});

describe("parameters", () => {
  it.each<[string, () => Layer, Shape]>([
    ["3·3·1·32 + 32 = 320", () => new Conv2D(32, 3), [28, 28, 1]],
    ["28·4·64 + 64·4·64 + 4·64 = 23,808", () => new LSTM(64), [28, 28]],
    ["28·3·64 + 64·3·64 + 2·3·64 = 18,048", () => new GRU(64), [28, 28]],
    ["28·64 + 64·64 + 64 = 5,952", () => new SimpleRNN(64), [28, 28]],
  ])("%s", (derivation, make, shape) => {
    const layer = make();
    on(layer, shape);
    expect(deriveParameterCount(layer)).toBe(derivation);
  });

  it("starts the forget gate at 1", () => {
    const lstm = new LSTM(2);
    on(lstm, [3, 1]);
    const { spec } = lstm.weights[2]!;
    const noSample = (): never => {
      throw new Error("There is no training data here.");
    };
    expect([...spec.initializer.draw(spec.shape, { seed: 1, sample: noSample })]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it("names the directions as Keras does", () => {
    const layer = new Bidirectional(new LSTM(2));
    on(layer, [3, 1]);
    expect(layer.name).toBe("bidirectional");
    expect(layer.weights.map(({ path }) => path)).toEqual(
      ["forward_lstm", "backward_lstm"].flatMap((name) => [`${name}/kernel`, `${name}/recurrent_kernel`, `${name}/bias`]),
    );
  });
});

it("keeps unknown dimensions unknown", () => {
  expect(on(new Conv2D(8, 3), [null, 20, 3]).shape).toEqual([null, null, 18, 8]);
  expect(on(new LSTM(4, { returnSequences: true }), [null, 3]).shape).toEqual([null, null, 4]);
  expect(new LSTM(4).flops([null, null, 3])).toBeNull();
});

describe("dropout of recurrent layers", () => {
  const run = (layer: Layer, training: boolean, step: number): readonly number[] =>
    tidy(() => {
      const x = tensor([1, 2, 3, 4, 5, 6], [1, 3, 2]);
      const { context } = newPass({ training, random: new SeededRandomStream(1, step) });
      return [...(layer.run(x, context) as Tensor).dataSync()];
    });

  it.each(["dropout", "recurrentDropout"] as const)("%s changes with the step, in training alone", (option) => {
    const layer = new SimpleRNN(8, { [option]: 0.5 });
    on(layer, [3, 2]);
    layer.weights.forEach((weight, index) =>
      weight.assign(tensor(new Float32Array(weight.size).fill(0.1 * (index + 1)), weight.shape)),
    );
    const trained = [0, 1, 2, 3].map((step) => run(layer, true, step).join());
    expect(new Set(trained).size).toBeGreaterThan(1);
    expect(run(layer, true, 0).join()).toBe(trained[0]);
    expect(run(layer, false, 0)).toEqual(run(layer, false, 1));
  });
});

it("computes whole numbers as floats", () => {
  tidy(() =>
    withZeroWeights(() => {
      const output = new Conv2D(2, 2).run(zeros([1, 3, 3, 1], "int32"), newPass({ training: false }).context) as Tensor;
      expect([output.dtype, output.shape]).toEqual(["float32", [1, 2, 2, 2]]);
    }),
  );
});
