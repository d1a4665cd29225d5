import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { captureStep, startEngine, type Step } from "../../src/engine";
import "../../src/nn/gradients";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

type Compute = (x: tf.Tensor, centers: tf.Tensor) => tf.Tensor;

const column = (x: tf.Tensor): tf.Tensor => tf.expandDims(x, -1);

/** Every sample against every centre: (batch, features, centres) shrinks to (batch, centres). */
const forms: Readonly<Record<string, Compute>> = {
  "square of a difference": (x, centers) => tf.sum(tf.square(tf.sub(column(x), centers)), 1),
  "squared difference": (x, centers) => tf.sum(tf.squaredDifference(column(x), centers), 1),
  "a difference times itself": (x, centers) => {
    const difference = tf.sub(column(x), centers);
    return tf.sum(tf.mul(difference, difference), 1);
  },
  "mean of squares": (x, centers) => tf.mean(tf.square(tf.sub(column(x), centers)), 1),
  "square of a sum": (x, centers) => tf.sum(tf.square(tf.add(centers, column(x))), 1),
  "distance with kept dimensions": (x, centers) => tf.sqrt(tf.sum(tf.square(tf.sub(column(x), centers)), 1, true)),
  product: (x, centers) => tf.sum(tf.mul(column(x), centers), 1),
  "scaled product": (x, centers) => tf.sum(tf.neg(tf.mul(tf.mul(column(x), centers), 3)), 1),
  "product over samples and features": (x, centers) => tf.sum(tf.mul(column(x), centers), [0, 1]),
  "differences alone": (x, centers) => tf.sum(tf.sub(column(x), centers), 1),
  "weighted differences": (x, centers) => tf.sum(tf.mul(tf.sub(column(x), centers), column(tf.square(x))), 1),
  "differences over samples alone": (x, centers) => tf.sum(tf.square(tf.sub(column(x), centers)), 0),
  everything: (x, centers) => tf.sum(tf.square(tf.sub(column(x), centers))),
};

function captured(step: Step, inputs: readonly tf.Tensor[], compile: boolean): number[][] {
  const function_ = captureStep(step, inputs, { compile });
  try {
    return tf.tidy(() => function_.call(inputs).map((tensor) => Array.from(tensor.dataSync())));
  } finally {
    function_.dispose();
  }
}

/** Relative to the largest value, as sums of many values are exact. */
function expectClose(received: readonly number[][], expected: readonly tf.Tensor[], tolerance = 1e-5): void {
  expected.forEach((tensor, index) => {
    const values = Array.from(tensor.dataSync());
    const scale = Math.max(...values.map(Math.abs));
    expect(received[index]).toHaveLength(values.length);
    values.forEach((value, place) => {
      expect(Math.abs((received[index]?.[place] ?? NaN) - value)).toBeLessThanOrEqual(tolerance * scale);
    });
  });
}

describe.each([false, true])("sums over what broadcasting spreads (compiled: %s)", (compile) => {
  test.each(Object.entries(forms))("%s, with its gradients", (_name, compute) => {
    tf.tidy(() => {
      const inputs = [tf.randomNormal([24, 40], 0, 1, "float32", 1), tf.randomNormal([40, 32], 0, 1, "float32", 2)];
      const step: Step = ([x, centers]) => {
        const loss = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.square(compute(a, b)));
        return [compute(x!, centers!), ...tf.grads(loss)([x!, centers!])];
      };
      expectClose(captured(step, inputs, compile), step(inputs));
    });
  });
});

test("a sum whose terms cancel is exact: what lies close together lies close together", () => {
  tf.tidy(() => {
    const x = tf.add(tf.randomNormal([24, 40], 0, 1, "float32", 1), 1000);
    const centers = tf.add(tf.transpose(x), 0.125);
    const step: Step = ([a, b]) => [forms["square of a difference"]!(a!, b!)];
    const [distances] = captured(step, [x, centers], false);
    const [expected] = step([x, centers]);
    expectClose([distances!], [expected!]);
    // Each sample against its own centre: 40 features, 0.125² each.
    expect(distances![0]).toBeCloseTo(40 * 0.125 ** 2, 5);
    const nearest = Math.min(...captured(step, [x, tf.transpose(x)], false)[0]!);
    expect(nearest).toBeGreaterThanOrEqual(0);
    expect(nearest).toBeLessThan(1e-6);
  });
});

test("sums have second derivatives", () => {
  tf.tidy(() => {
    const inputs = [tf.randomNormal([24, 40], 0, 1, "float32", 1), tf.randomNormal([40, 32], 0, 1, "float32", 2)];
    const step: Step = ([x, centers]) => {
      const kernel = (a: tf.Tensor): tf.Tensor => tf.sum(tf.exp(tf.mul(forms["square of a difference"]!(a, centers!), -0.01)));
      return [tf.grad((a) => tf.sum(tf.square(tf.grad(kernel)(a))))(x!)];
    };
    expectClose(captured(step, inputs, false), step(inputs));
  });
});
