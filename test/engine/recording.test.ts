import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { canCapture, captureStep, startEngine, type Step, TensorFlowError, UncapturableError } from "../../src/engine";
import "../../src/nn/gradients";
import { openBinding } from "./support";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

let tensorsBefore = 0;
beforeAll(() => {
  tensorsBefore = tf.memory().numTensors;
});

afterEach(() => {
  tf.disposeVariables();
  expect(tf.memory().numTensors, "tensors that a test left behind").toBe(tensorsBefore);
});

const values = (tensors: readonly tf.Tensor[]): number[][] => tensors.map((tensor) => Array.from(tensor.dataSync()));

/** What a step returns when it is captured, and checks that eager execution returns the same. */
function capturedValues(step: Step, inputs: readonly tf.Tensor[], compile = false): number[][] {
  const captured = captureStep(step, inputs, { compile });
  const results = tf.tidy(() => values(captured.call(inputs)));
  const eager = tf.tidy(() => values(step(inputs)));
  expect(results.map((row) => row.length)).toEqual(eager.map((row) => row.length));
  // TensorFlow fuses operations of a function, which rounds elsewhere.
  eager.flat().forEach((value, index) => expect(results.flat()[index]).toBeCloseTo(value, 6));
  captured.dispose();
  return results;
}

/** Why a step cannot be captured. */
function refusal(step: Step, inputs: readonly tf.Tensor[]): UncapturableError {
  try {
    captureStep(step, inputs).dispose();
  } catch (error) {
    if (error instanceof UncapturableError) return error;
    throw error;
  }
  throw new Error("The step was captured.");
}

describe("a captured step", () => {
  test.each([false, true])("computes what eager execution computes (compiled: %s)", (compile) => {
    tf.tidy(() => {
      const x = tf.tensor2d([
        [1, -2],
        [3, 4],
      ]);
      const step: Step = ([input]) => [tf.relu(tf.matMul(input as tf.Tensor2D, input as tf.Tensor2D)), tf.sum(input!)];
      expect(capturedValues(step, [x], compile)).toEqual([[0, 0, 15, 10], [6]]);
    });
  });

  test.each<[string, Step]>([
    ["lists of inputs", ([x]) => [tf.concat([x!, x!, tf.ones([1, 2])]), tf.stack([x!, x!]), tf.addN([x!, x!, x!])]],
    ["several outputs", ([x]) => tf.split(x!, 2, 1)],
    ["one output twice", ([x]) => [tf.neg(x!), tf.neg(x!)].flatMap((y) => [y, y])],
    ["constants", ([x]) => [tf.mul(x!, tf.tensor1d([2, 3])), tf.scalar(7, "int32"), tf.zeros([2, 2])]],
    [
      "attributes",
      ([x]) => [tf.sum(x!, 1, true), tf.cumsum(x!, 0, true), tf.oneHot(tf.tensor1d([1, 0], "int32"), 3), tf.cast(x!, "bool")],
    ],
    ["gathered rows", ([x]) => [tf.gather(x!, tf.tensor1d([1, 0, 1], "int32"))]],
    ["a gradient", ([x]) => [tf.grad((y) => tf.sum(tf.mul(tf.softmax(y as tf.Tensor2D), tf.tensor1d([1, 2]))))(x!)]],
    ["a convolution", ([x]) => [tf.conv2d(x!.as4D(1, 2, 2, 1), tf.ones<tf.Rank.R4>([2, 2, 1, 3]), 1, "same")]],
  ])("has %s", (_title, step) => {
    const x = tf.tensor2d([
      [1, -2],
      [3, 4],
    ]);
    capturedValues(step, [x]);
    x.dispose();
  });

  test("gives an input that it hands through back as it is", () => {
    const [x, y] = [tf.scalar(1), tf.scalar(2)];
    const captured = captureStep(([a, b]) => [b!, tf.add(a!, b!), a!], [x, y]);
    const [first, sum, last] = captured.call([x, y]);
    expect([first, last]).toEqual([y, x]);
    expect(sum?.dataSync()).toEqual(Float32Array.of(3));
    captured.dispose();
    tf.dispose([x, y, sum!]);
  });

  test("takes other values of the same shape, and refuses other shapes", () => {
    tf.tidy(() => {
      const captured = captureStep(([x]) => [tf.square(x!)], [tf.tensor1d([1, 2])]);
      expect(values(captured.call([tf.tensor1d([3, 4])]))).toEqual([[9, 16]]);
      expect(() => captured.call([tf.tensor1d([3, 4, 5])])).toThrow("has the shape [2]; received [3]");
      expect(() => captured.call([])).toThrow("takes 1 inputs; received 0");
      captured.dispose();
      expect(() => captured.call([tf.tensor1d([3, 4])])).toThrow("has been disposed");
    });
  });

  test("follows tensors from outside, whether TensorFlow has had them or not", () => {
    tf.tidy(() => {
      const [used, unused] = [tf.neg(tf.scalar(-2)), tf.scalar(3)];
      const captured = captureStep(([x]) => [tf.mul(tf.add(x!, used), unused), unused], [tf.scalar(1)]);
      expect(values(captured.call([tf.scalar(1)]))).toEqual([[9], [3]]);
      expect(values([used, unused])).toEqual([[2], [3]]);
      captured.dispose();
    });
  });

  test("has the name of its graph, values of constants included", () => {
    tf.tidy(() => {
      const x = tf.scalar(1);
      const nameOf = (step: Step): string => {
        const captured = captureStep(step, [x]);
        captured.dispose();
        return captured.name;
      };
      const times =
        (factor: number): Step =>
        ([input]) => [tf.mul(input!, factor)];
      expect(nameOf(times(2))).toBe(nameOf(times(2)));
      expect(nameOf(times(2))).not.toBe(nameOf(times(3)));
      expect(nameOf(times(0))).not.toBe(nameOf(times(-0)));
    });
  });

  test("stays while an equal one is disposed", () => {
    tf.tidy(() => {
      const x = tf.scalar(2);
      const step: Step = ([input]) => [tf.square(input!)];
      const [first, second] = [captureStep(step, [x]), captureStep(step, [x])];
      first.dispose();
      first.dispose();
      expect(values(second.call([x]))).toEqual([[4]]);
      second.dispose();
    });
  });

  test("names the operation that fails, and where it was recorded", () => {
    tf.tidy(() => {
      const index = tf.tensor1d([0], "int32");
      const lookUp = (indices: tf.Tensor): tf.Tensor => tf.gather(tf.tensor1d([1, 2]), indices);
      const captured = captureStep(([indices]) => [lookUp(indices!)], [index], { place: () => "the layer embedding" });
      let thrown: unknown;
      try {
        captured.call([tf.tensor1d([5], "int32")]);
        captured.settle();
      } catch (error) {
        thrown = error;
      }
      captured.dispose();
      expect(thrown).toBeInstanceOf(TensorFlowError);
      expect((thrown as TensorFlowError).message).toMatch(
        /^GatherV2 in the layer embedding: indices\[0\] = 5 is not in \[0, 2\)/,
      );
      expect((thrown as TensorFlowError).stack).toContain("lookUp");
    });
  });
});

describe("a step is refused", () => {
  const x = (): tf.Tensor => tf.tidy(() => tf.neg(tf.tensor1d([1, 2])));

  test.each<[string, Step, RegExp]>([
    [
      "when it reads an input",
      ([input]) => [tf.mul(input!, input!.dataSync()[0]!)],
      /reads the values of a tensor \(TF_FLOAT \[2\]\)/,
    ],
    [
      "when it reads what it computed",
      ([input]) => [tf.scalar(tf.sum(input!).arraySync() as number)],
      /reads the values of a tensor \(TF_FLOAT \[\]\)/,
    ],
    [
      "when it hides that it reads",
      ([input]) => {
        try {
          input!.dataSync();
        } catch {
          return [input!];
        }
        return [input!];
      },
      /reads the values/,
    ],
    [
      "when it reads asynchronously",
      ([input]) => {
        void input!.data();
        return [tf.neg(input!)];
      },
      /reads the values/,
    ],
    [
      "when it draws random numbers in JavaScript",
      ([input]) => [tf.mul(input!, Math.random())],
      /not the same each time: a value that JavaScript/,
    ],
    ["when it draws them by tfjs", ([input]) => [tf.dropout(input!, 0.5)], /not the same each time/],
    [
      "when TensorFlow draws them",
      ([input]) => [tf.multinomial(input as tf.Tensor1D, 2, 1)],
      /Multinomial carries something over/,
    ],
    [
      "when its shapes depend on values",
      ([input]) => [tf.unique(input as tf.Tensor1D).values],
      /UniqueV2 returns depends on values; TensorFlow infers \[\?\]/,
    ],
    [
      "when its kernel computes in JavaScript",
      ([input]) => [tf.image.rotateWithOffset(input!.as4D(1, 1, 2, 1), 1)],
      /reads the values/,
    ],
  ])("%s", (_title, step, message) => {
    const input = x();
    const error = refusal(step, [input]);
    expect(error.message).toMatch(message);
    expect(error.stack).toContain("recording.test.ts");
    input.dispose();
  });

  test("when it keeps a tensor, which has its values then", () => {
    const input = x();
    const kept: tf.Tensor[] = [];
    const error = refusal(
      ([a]) => {
        kept.push(tf.keep(tf.neg(a!)));
        return [tf.neg(a!)];
      },
      [input],
    );
    expect(error.message).toMatch(/keeps tensors beyond its end/);
    expect(values(kept)).toEqual([[1, 2]]);
    tf.dispose([input, ...kept]);
  });

  test("when it counts its calls", () => {
    let calls = 0;
    const input = x();
    const error = refusal(([a]) => [calls++ % 2 === 0 ? tf.neg(a!) : tf.abs(a!)], [input]);
    expect(error.message).toBe("The step is not the same each time: operation 1 (Neg, then Abs) changes.");
    input.dispose();
  });

  test("when it reads a tensor from outside that TensorFlow has not had yet", () => {
    const [input, outside] = [x(), tf.scalar(3)];
    expect(refusal(([a]) => [tf.mul(a!, outside.dataSync()[0]!)], [input]).message).toMatch(/reads the values/);
    tf.dispose([input, outside]);
  });

  test("when it disposes a tensor from outside, which lives on", () => {
    const [input, outside] = [x(), tf.scalar(3)];
    const before = tf.memory().numTensors;
    const error = refusal(
      ([a]) => {
        const sum = tf.add(a!, outside);
        outside.dispose();
        return [sum];
      },
      [input],
    );
    expect(error.message).toMatch(/disposes a tensor that was there before it/);
    expect(outside.dataSync()).toEqual(Float32Array.of(3));
    tensorsBefore -= before - tf.memory().numTensors;
    tf.dispose([input, outside]);
  });

  test("with the place it was in", () => {
    const input = x();
    const place = (): string => "the layer spy";
    expect(() => captureStep(([a]) => [tf.scalar(a!.dataSync()[0]!)], [input], { place })).toThrow(
      expect.objectContaining({ place: "the layer spy" }),
    );
    input.dispose();
  });

  test("on an engine that cannot capture", async () => {
    expect(canCapture()).toEqual({ supported: true });
    await tf.setBackend("cpu");
    expect(canCapture()).toMatchObject({ supported: false });
    expect(() => captureStep(() => [], [])).toThrow(/only TensorFlow captures steps/);
    await tf.setBackend("tensorflow");
  });
});

test("a step's own error passes unchanged, and eager execution goes on", () => {
  tf.tidy(() => {
    const own = new RangeError("mine");
    const fail = (): never => {
      throw own;
    };
    expect(() => captureStep(fail, [tf.scalar(1)])).toThrow(own);
    expect(tf.add(tf.scalar(1), tf.scalar(2)).dataSync()).toEqual(Float32Array.of(3));
  });
});

test("1,000 calls and 20 captures leave nothing behind", () => {
  const binding = openBinding();
  const before = binding.getNumOfTensors();
  for (let capture = 0; capture < 20; capture++) {
    let state: tf.Tensor = tf.zeros([4]);
    const captured = captureStep(([x]) => [tf.add(x!, capture)], [state]);
    for (let call = 0; call < 50; call++) {
      const [next] = captured.call([state]);
      state.dispose();
      state = next!;
    }
    expect(state.dataSync()).toEqual(new Float32Array(4).fill(50 * capture));
    state.dispose();
    captured.dispose();
  }
  expect(binding.getNumOfTensors()).toBe(before);
});
