import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startEngine } from "../../src/engine";
import { measuring, resolveMetric } from "../../src/nn";
import { NAMED_LOSSES } from "../../src/nn/losses";
import { NAMED_METRICS } from "../../src/nn/metrics";
import "../../src/nn/gradients";

const PREDICTIONS = [
  [0.2, 0.5, 0.3],
  [0.7, 0.1, 0.2],
];
const CLASSES = [2, 0];
const ONE_HOT = [
  [0, 0, 1],
  [1, 0, 0],
];

const labelsFor = (name: string): tf.Tensor =>
  name.startsWith("sparse") ? tf.tensor(CLASSES, undefined, "int32") : tf.tensor(ONE_HOT);

function measureLosses(): [string, number[]][] {
  return Object.entries(NAMED_LOSSES).map(([name, loss]) => {
    const labels = labelsFor(name);
    const { value, grad } = tf.valueAndGrad((yPred) => tf.mean(loss().call(labels, yPred)))(tf.tensor(PREDICTIONS));
    return [name, [...value.dataSync(), ...grad.dataSync()]];
  });
}

function measureMetrics(): [string, number[]][] {
  return Object.keys(NAMED_METRICS).map((name) => {
    const metric = measuring(resolveMetric(name as keyof typeof NAMED_METRICS), [null, 3]);
    const start = metric.state().map(({ shape }) => tf.zeros([...shape]));
    const end = metric.update(start, labelsFor(name), tf.tensor(PREDICTIONS));
    return [name, [...metric.result(end).dataSync()]];
  });
}

test.each([
  ["losses and their gradients", measureLosses],
  ["metrics", measureMetrics],
])("WebAssembly's %s are those of plain JavaScript", async (_, measure) => {
  await startEngine({ engine: "cpu" });
  const expected = measure();
  await startEngine({ engine: "wasm" });
  const received = new Map(measure());
  for (const [name, values] of expected) {
    const close = values.map((value) => expect.closeTo(value, 4) as number);
    expect([name, received.get(name)]).toEqual([name, close]);
  }
});
