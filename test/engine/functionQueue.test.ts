import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { captureStep, newVariables, readVariables, startEngine, type Step, TensorFlowError } from "../../src/engine";

/** Enough for both of TensorFlow's ways to run a graph to have had all their turns. */
const CALLS = 150;

beforeAll(() => startEngine({ engine: "tensorflow", intraOpThreads: 1, interOpThreads: 2 }));

afterEach(() => {
  expect(tf.memory().numTensors, "tensors that a test left behind").toBe(0);
});

/** Two branches that meet, and a variable that each call changes. */
const step: Step = ([w, x]) => {
  const [left, right] = [tf.matMul(tf.tanh(w!), x!), tf.matMul(tf.sigmoid(x!), w!)];
  const next = tf.sub(w!, tf.mul(0.1, tf.add(left, right)));
  return [next, tf.sum(next)];
};

function train(waits: boolean): { sums: number[]; weights: Float32Array } {
  return tf.tidy(() => {
    const wave = tf.tensor2d(
      Array.from({ length: 64 }, (_, index) => Math.sin(index)),
      [8, 8],
    );
    const variables = newVariables([wave]);
    const captured = captureStep(step, [wave], { variables });
    const sums: tf.Tensor[] = [];
    for (let call = 0; call < CALLS; call++) {
      sums.push(...captured.call([wave]));
      if (waits) captured.settle();
    }
    const [weights] = readVariables(variables).map((tensor) => tensor.dataSync<"float32">());
    const told = sums.map((sum) => sum.dataSync()[0] ?? NaN);
    captured.dispose();
    variables.dispose();
    return { sums: told, weights: weights! };
  });
}

describe("calls that are not waited for", () => {
  test("give the bits of those that are, one after the other", () => {
    expect(train(false)).toEqual(train(true));
  });

  test("hand on their results to each other", () => {
    tf.tidy(() => {
      const double = captureStep(([x]) => [tf.mul(x!, 2)], [tf.scalar(1)]);
      let x: tf.Tensor = tf.scalar(1);
      for (let call = 0; call < 20; call++) [x] = double.call([x]) as [tf.Tensor];
      expect(x.dataSync()).toEqual(Float32Array.of(2 ** 20));
      double.dispose();
    });
  });

  test("name the operation that failed when somebody reads, once, and others go on", () => {
    tf.tidy(() => {
      const rows = tf.tensor1d([5, 6, 7]);
      const index = tf.scalar(0, "int32");
      const pick = captureStep(([i]) => [tf.gather(rows, i!)], [index], { place: () => "picker" });
      const square = captureStep(([x]) => [tf.square(x!)], [tf.scalar(1)]);
      const [nothing] = pick.call([tf.scalar(9, "int32")]) as [tf.Tensor];
      let error: unknown;
      try {
        nothing.dataSync();
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(TensorFlowError);
      expect(String(error)).toMatch(/GatherV2 in picker.*9 is not in \[0, 3\)/);
      expect(square.call([tf.scalar(3)])[0]?.dataSync()).toEqual(Float32Array.of(9));
      expect(pick.call([tf.scalar(2, "int32")])[0]?.dataSync()).toEqual(Float32Array.of(7));
      pick.dispose();
      square.dispose();
    });
  });

  test("leave variables as the calls before the failure left them", () => {
    tf.tidy(() => {
      const rows = tf.tensor1d([5, 6, 7]);
      const variables = newVariables([tf.scalar(1)]);
      const add: Step = ([w, i]) => [tf.add(w!, tf.gather(rows, i!))];
      const captured = captureStep(add, [tf.scalar(0, "int32")], { variables });
      const train = (): void => {
        for (const index of [1, 2, 9, 0]) captured.call([tf.scalar(index, "int32")]);
        captured.settle();
      };
      expect(train).toThrow(/GatherV2.*9 is not in \[0, 3\)/);
      expect(readVariables(variables).map((w) => w.dataSync()[0])).toEqual([1 + 6 + 7]);
      captured.dispose();
      variables.dispose();
    });
  });

  test("are not mistaken for those of another step", () => {
    tf.tidy(() => {
      const rows = tf.tensor1d([5, 6, 7]);
      const pick = captureStep(([i]) => [tf.gather(rows, i!)], [tf.scalar(0, "int32")], { place: () => "picker" });
      const square = captureStep(([x]) => [tf.square(x!)], [tf.scalar(1)], { place: () => "square" });
      pick.call([tf.scalar(9, "int32")]);
      expect(() => square.call([tf.scalar(3)])).toThrow("GatherV2 in picker");
      expect(square.call([tf.scalar(3)])[0]?.dataSync()).toEqual(Float32Array.of(9));
      pick.call([tf.scalar(9, "int32")]);
      // Nobody wants to know any more.
      pick.dispose();
      square.dispose();
    });
  });
});
