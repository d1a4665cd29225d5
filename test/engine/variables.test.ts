import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { captureStep, newVariables, readVariables, startEngine, type Step, type Variables } from "../../src/engine";

afterEach(() => {
  expect(tf.memory().numTensors, "tensors that a test left behind").toBe(0);
});

function valuesOf(variables: Variables): number[][] {
  return tf.tidy(() => readVariables(variables).map((tensor) => [...tensor.dataSync()]));
}

/** Calls a captured step a few times, and says what becomes of the variables. */
function run(step: Step, first: readonly tf.TensorLike[], { calls = 3, compile = false } = {}): number[][] {
  return tf.tidy(() => {
    const variables = newVariables(first.map((values) => tf.tensor(values)));
    const rate = tf.scalar(0.5);
    const captured = captureStep(step, [rate], { variables, compile });
    for (let call = 0; call < calls; call++) captured.call([rate]);
    const values = valuesOf(variables);
    captured.dispose();
    variables.dispose();
    return values;
  });
}

describe("TensorFlow's variables", () => {
  beforeAll(async () => {
    await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
  });

  describe.each([false, true])("compiled: %s", (compile) => {
    test.each<[string, Step, number[][]]>([
      ["a gradient descent", ([w, rate]) => [tf.sub(w!, tf.mul(rate!, tf.mul(w!, 2)))], [[0, 0]]],
      ["a difference", ([w, rate]) => [tf.sub(w!, tf.fill([2], 1).mul(rate!).relu())], [[-0.5, 2.5]]],
      ["a sum", ([w]) => [tf.add(w!, w!)], [[8, 32]]],
      [
        "a sum that somebody else wants",
        ([w]) => tf.tidy(() => [tf.add(w!, tf.ones([2]))].flatMap((s) => [s, tf.square(s)])),
        [[4, 7]],
      ],
      ["a sum with something of another shape", ([w, rate]) => [tf.add(w!, rate!)], [[2.5, 5.5]]],
      ["what it was", ([w]) => [w!], [[1, 4]]],
    ])("become %s", (_title, step, expected) => {
      expect(run(step, [[1, 4]], { compile })).toEqual(expected);
    });

    test("change places", () => {
      const swap: Step = ([a, b]) => [b!, a!];
      expect(run(swap, [[1], [2]], { compile, calls: 3 })).toEqual([[2], [1]]);
    });

    test("are all read before one of them is changed", () => {
      const step: Step = ([a, b]) => [tf.add(a!, b!), tf.add(b!, a!)];
      expect(run(step, [[1], [2]], { compile, calls: 2 })).toEqual([[6], [6]]);
    });
  });

  test("leave what was read of them as it was", () => {
    tf.tidy(() => {
      const first = tf.tensor1d([1, 2]);
      const variables = newVariables([first]);
      const captured = captureStep(([w]) => [tf.add(w!, tf.ones([2]))], [], { variables });
      captured.call([]);
      const second = variables.read(0);
      captured.call([]);
      expect([first, second, variables.read(0)].map((tensor) => [...tensor.dataSync()])).toEqual([
        [1, 2],
        [2, 3],
        [3, 4],
      ]);
      captured.dispose();
      variables.dispose();
    });
  });

  test("can be others than those of the capture", () => {
    tf.tidy(() => {
      const [own, others] = [newVariables([tf.scalar(1)]), newVariables([tf.scalar(10)])];
      const captured = captureStep(([w]) => [tf.add(w!, 1), tf.mul(w!, 2)], [], { variables: own });
      expect(captured.call([], others).map((tensor) => [...tensor.dataSync()])).toEqual([[20]]);
      expect([own, others].map(valuesOf)).toEqual([[[1]], [[11]]]);
      captured.dispose();
      own.dispose();
      others.dispose();
    });
  });

  test("keep their shapes", () => {
    tf.tidy(() => {
      const variables = newVariables([tf.tensor1d([1, 2])]);
      expect(() => captureStep(([w]) => [tf.sum(w!)], [], { variables })).toThrow(
        "output 0 is the next value of a variable, TF_FLOAT [2]; received TF_FLOAT []",
      );
      variables.dispose();
    });
  });
});

test.each(["tensorflow", "cpu"] as const)("variables of the engine %s take other values", async (engine) => {
  await startEngine({ engine });
  tf.tidy(() => {
    const variables = newVariables([tf.scalar(1), tf.tensor1d([2, 3])]);
    const before = variables.read(1);
    variables.assign([tf.scalar(4), tf.tensor1d([5, 6])]);
    expect(valuesOf(variables)).toEqual([[4], [5, 6]]);
    expect([...before.dataSync()]).toEqual([2, 3]);
    expect(() => variables.read(2)).toThrow("There is no variable 2; there are 2.");
    variables.dispose();
  });
});
