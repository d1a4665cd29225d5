import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../../scripts/build.mjs";
import { decodeFloat, RunFile } from "../../src/protocol";
import { BUILD_TIMEOUT } from "./support/analyzer";
import { ModelFolder, positionOf } from "./support/modelFolder";
import { tensorFlowFolder } from "./support/tensorflow";
import { ObservedTraining } from "./support/trainer";

/** 90 samples of which the class is that of the largest of three values: easy to learn, if what is learned is right. */
const MODEL = (own: string): string => `import { arrays, Layer, layers, optimizers, sequential, tf, train } from "layerwise";
const values = Float32Array.from({ length: 540 }, (_, index) => Math.sin(0.3 + 1.7 * index));
const y = Array.from({ length: 90 }, (_, index) => [0, 1, 2].sort((a, b) => values[index * 6 + b] - values[index * 6 + a])[0]);

class Own extends Layer {
  calls = 0;
  call(x) {
    ${own}
  }
  computeOutputShape(inputShape) {
    return inputShape;
  }
}

const network = sequential({ name: "network", inputShape: [6] }, [
  layers.dense(16, { activation: "relu" }), new Own({ name: "own" }), layers.dense(3, { activation: "softmax" }),
]);
export default train(network, {
  data: arrays({ x: { values, shape: [90, 6] }, y }), optimizer: optimizers.adam({ learningRate: 0.02 }),
  loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], batchSize: 20, epochs: 25, seed: 3,
});
`;

describe("a plan whose step cannot be captured", () => {
  const folder = new ModelFolder();
  const trainings: ObservedTraining[] = [];
  const libraryPath = tensorFlowFolder();

  beforeAll(() => ensureBuilt(), BUILD_TIMEOUT);
  afterAll(async () => {
    await Promise.all(trainings.map(({ handle }) => handle.dispose()));
    folder.remove();
  });

  async function train(name: string, source: string): Promise<{ file: string; training: ObservedTraining }> {
    const file = folder.write(`${name}.model.ts`, source);
    const training = new ObservedTraining(folder.path, { file, engine: "tensorflow", libraryPath });
    trainings.push(training);
    expect(await training.ended()).toMatchObject({ reason: "finished" });
    return { file, training };
  }

  test.each([
    [
      "a layer that reads a tensor's value",
      "return tf.div(x, Math.max(1, ...x.dataSync()));",
      "x.dataSync",
      /The step reads the values of a tensor \(TF_FLOAT \[20, 16\]\) in JavaScript/,
    ],
    [
      "a layer that draws from Math.random",
      "return tf.mul(x, 0.9 + 0.2 * Math.random());",
      "tf.mul",
      /The step is not the same each time/,
    ],
    [
      "a layer whose shapes change between batches",
      "const kept = 16 - (this.calls++ % 2) * 4;\n    return tf.pad(tf.slice(x, [0, 0], [-1, kept]), [[0, 0], [0, 16 - kept]]);",
      "tf.slice",
      /The step is not the same each time/,
    ],
    [
      "a layer that is another one after some batches",
      "const kept = ++this.calls > 100 ? 12 : 16;\n    return tf.pad(tf.slice(x, [0, 0], [-1, kept]), [[0, 0], [0, 16 - kept]]);",
      "new Own",
      /The step changes the layer's field "calls"/,
    ],
  ])("trains eagerly, and says why: %s", async (name, own, culprit, reason) => {
    const source = MODEL(own);
    const { file, training } = await train(name.replaceAll(/\W+/g, "-"), source);
    const { engine, folder: run } = training.first("start")!;
    expect(engine).toMatchObject({ name: "tensorflow", captured: false, jit: false });
    expect(engine.reason).toMatch(reason);
    expect(engine.reason).toContain("in the layer own");
    const { line } = positionOf(source, culprit);
    expect(engine.reason).toContain(`${file}:${line}:`);
    expect(RunFile.parse(JSON.parse(readFileSync(join(run, "run.json"), "utf8"))).engine).toEqual(engine);

    const losses = training.events.flatMap((event) => (event.event === "epoch" ? [decodeFloat(event.loss)] : []));
    expect(losses).toHaveLength(25);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
  });
});
