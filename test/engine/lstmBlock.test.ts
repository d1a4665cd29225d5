import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { captureStep, startEngine } from "../../src/engine";
import { newPass, resetDeclarations, SeededRandomStream, Weight } from "../../src/nn";
import "../../src/nn/gradients";
import { LSTM, type LSTMOptions } from "../../src/nn/layers/lstm";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

const [BATCH, STEPS, FEATURES, UNITS] = [3, 5, 4, 6];

function values(phase: number, ...shape: number[]): tf.Tensor {
  const count = shape.reduce((size, dimension) => size * dimension, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, (_, index) => Math.sin(1.7 * index + phase)),
    shape,
  );
}

/** What the layer returns, and the gradients by its inputs and weights. */
function trainingPass(
  options: LSTMOptions,
  hasStates: boolean,
): { step: (inputs: readonly tf.Tensor[]) => tf.Tensor[]; inputs: tf.Tensor[] } {
  resetDeclarations();
  const layer = new LSTM(UNITS, options);
  layer.ensureBuilt([null, STEPS, FEATURES]);
  const sequences = [values(0, BATCH, STEPS, FEATURES), ...(hasStates ? [values(1, BATCH, UNITS), values(2, BATCH, UNITS)] : [])];
  const weights = layer.weights.map(({ shape }, index) => values(3 + index, ...shape));
  const step = (tensors: readonly tf.Tensor[]): tf.Tensor[] => {
    const given = tensors.slice(0, sequences.length);
    return Weight.withValues(layer.weights, tensors.slice(sequences.length), () => {
      const { context } = newPass({ training: true, random: new SeededRandomStream(1, 1) });
      let outputs: tf.Tensor[] = [];
      const { grads } = tf.engine().gradients(
        () => {
          outputs = [layer.run(given.length === 1 ? given[0]! : given, context)].flat();
          outputs.forEach((output) => tf.keep(output));
          // Each value counts with another weight.
          const terms = outputs.map((output, index) => tf.sum(tf.mul(output, values(9 + index, ...output.shape))));
          return tf.addN(terms) as tf.Scalar;
        },
        [...given, ...layer.trainableWeights],
        undefined,
        true,
      );
      const results = outputs.map((output) => output.clone());
      tf.dispose(outputs);
      return [...results, ...grads];
    });
  };
  return { step, inputs: [...sequences, ...weights] };
}

const numbers = (tensors: readonly tf.Tensor[]): number[] => tensors.flatMap((tensor) => Array.from(tensor.dataSync()));

function expectClose(received: readonly number[], expected: readonly number[]): void {
  expect(received).toHaveLength(expected.length);
  received.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(expected[index]!)));
  });
}

const variants: readonly (readonly [string, LSTMOptions, boolean])[] = [
  ["the last output", {}, false],
  ["all outputs", { returnSequences: true }, false],
  ["the states too", { returnState: true }, false],
  ["all outputs and the states, from given states", { returnSequences: true, returnState: true }, true],
  ["backwards, without bias", { goBackwards: true, returnSequences: true, useBias: false }, true],
  [
    "with activations that TensorFlow's operation does not have",
    { activation: "relu", recurrentActivation: "hardSigmoid" },
    false,
  ],
];

test.each(variants)("an LSTM on TensorFlow computes what plain operations compute: %s", async (_title, options, hasStates) => {
  await tf.setBackend("cpu");
  const plain = tf.tidy(() => {
    const { step, inputs } = trainingPass(options, hasStates);
    return numbers(step(inputs));
  });
  await tf.setBackend("tensorflow");
  tf.tidy(() => {
    const { step, inputs } = trainingPass(options, hasStates);
    expectClose(numbers(step(inputs)), plain);
    for (const compile of [false, true]) {
      const captured = captureStep(step, inputs, { compile });
      expectClose(numbers(captured.call(inputs)), plain);
      captured.dispose();
    }
  });
});

test("a gradient of an LSTM's gradient is there", async () => {
  const penalty = (): number[] =>
    tf.tidy(() => {
      resetDeclarations();
      const layer = new LSTM(UNITS);
      layer.ensureBuilt([null, STEPS, FEATURES]);
      const weights = layer.weights.map(({ shape }, index) => values(3 + index, ...shape));
      return Weight.withValues(layer.weights, weights, () => {
        const { context } = newPass({ training: true, random: new SeededRandomStream(1, 1) });
        const score = (x: tf.Tensor): tf.Tensor => tf.sum(layer.run(x, context) as tf.Tensor);
        const slope = (x: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.grad(score)(x)));
        return numbers([tf.grad(slope)(values(0, BATCH, STEPS, FEATURES))]);
      });
    });
  await tf.setBackend("cpu");
  const plain = penalty();
  await tf.setBackend("tensorflow");
  expectClose(penalty(), plain);
});
