import { memory } from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
  arrays,
  callbacks,
  type DataSet,
  initializers,
  Layer,
  layers,
  optimizers,
  sequential,
  tf,
  train,
  xor,
} from "../../../src/dsl";
import type { Plan, PlanOptions } from "../../../src/dsl/plan";
import { resetDeclarations, type Shape, type Weight } from "../../../src/nn";
import { decodeFloat } from "../../../src/protocol";
import { createCallbacks, type EpochCallback } from "../../../src/training/callbacks";
import { Evaluation } from "../../../src/training/loop/evaluation";
import { LearningRate } from "../../../src/training/loop/learningRate";
import "../nn/backend";
import { fitPlan, loadPlan } from "./fitting";

beforeEach(() => void resetDeclarations());

function plan(options: Partial<PlanOptions> = {}): Plan {
  const network = sequential({ inputShape: [2] }, [
    layers.dense(4, { activation: "tanh" }),
    layers.dropout(0.2),
    layers.dense(1, { activation: "sigmoid" }),
  ]);
  return train(network, {
    data: xor(),
    optimizer: "adam",
    loss: "binaryCrossentropy",
    metrics: ["accuracy"],
    batchSize: 3,
    seed: 5,
    ...options,
  });
}

/** One weight w, prediction w·x, from w = 1. */
function line(options: Partial<PlanOptions> & { data: DataSet }): Plan {
  const network = sequential({ inputShape: [1] }, [layers.dense(1, { useBias: false, kernelInitializer: "ones" })]);
  return train(network, {
    optimizer: optimizers.sgd({ learningRate: 0.1 }),
    loss: "meanSquaredError",
    shuffle: false,
    ...options,
  });
}

const never = new AbortController().signal;

describe("fit", () => {
  it("follows the gradient: w ← w − 0.1 · 2(w·x − y)·x", async () => {
    const { program, epochs } = await fitPlan(line({ data: arrays({ x: [[2]], y: [10] }) }));
    expect(program.trainable[0]!.dataSync()[0]).toBeCloseTo(1 + 0.1 * 2 * 8 * 2, 5);
    expect(decodeFloat(epochs[0]!.loss)).toBeCloseTo(64, 4);
  });

  it("weights the short last batch by its samples", async () => {
    const data = arrays({ x: [[1], [1], [1]], y: [1, 1, 4] });
    const { epochs, steps } = await fitPlan(line({ data, batchSize: 2, optimizer: optimizers.sgd({ learningRate: 0 }) }));
    expect(steps.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(decodeFloat(epochs[0]!.loss)).toBeCloseTo(9 / 3, 5);
  });

  it("gives equal numbers for equal seeds, dropout and shuffle included, and others for another seed", async () => {
    const run = async (seed: number): Promise<unknown> => {
      resetDeclarations();
      return (await fitPlan(plan({ epochs: 3 }), { seed })).epochs.map(({ loss }) => loss);
    };
    expect(await run(5)).toEqual(await run(5));
    expect(await run(5)).not.toEqual(await run(6));
  });

  it("keeps as many tensors after many epochs as after one", async () => {
    const counts: number[] = [];
    await fitPlan(plan({ epochs: 4 }), { onEpoch: () => counts.push(memory().numTensors) });
    expect(new Set(counts).size).toBe(1);
  });

  it("leaves nothing behind once everything is disposed", async () => {
    const before = memory().numTensors;
    const { program, data } = await fitPlan(plan({ epochs: 2 }));
    program.dispose();
    data.dispose();
    for (const weight of program.model.weights) weight.release();
    expect(memory().numTensors).toBe(before);
  });

  it("ends after the step under way when aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    const done = fitPlan(plan({ epochs: 100_000 }), { signal: controller.signal, onEpoch: () => controller.abort(reason) });
    await expect(done).rejects.toBe(reason);
  });

  it("names the first step whose loss is not finite", async () => {
    const { nonFinite } = await fitPlan(line({ data: arrays({ x: [[1e20], [1e20]], y: [0, 0] }), batchSize: 1 }));
    expect(nonFinite).toMatchObject({ epoch: 1, step: 1, loss: "Infinity" });
  });

  it("evaluates each sample once, without dropout", async () => {
    const { program, data } = await fitPlan(plan());
    const evaluation = new Evaluation(program, data.training, "captured");
    const first = await evaluation.run(never);
    expect(first).toEqual(await evaluation.run(never));
    expect([...first.keys()]).toEqual(["loss", "accuracy"]);
  });

  it("gives an initializer training samples as its layer receives them, with their labels", async () => {
    const seen: { x: readonly number[]; y: readonly number[]; shape: readonly number[] }[] = [];
    class Scale extends Layer {
      factor!: Weight;
      override build(_inputShape: Shape): void {
        this.factor = this.addWeight("factor", [1], {
          initializer: ([size = 0], context) => {
            const { x, y } = context.sample(100);
            seen.push({ x: [...x.values], y: [...y.values], shape: x.shape });
            return new Float32Array(size).fill(1);
          },
        });
      }
      override call(x: tf.Tensor): tf.Tensor {
        return x.mul(this.factor);
      }
    }
    const network = sequential({ inputShape: [1] }, [
      layers.dense(1, { kernelInitializer: initializers.constant(3) }),
      new Scale(),
    ]);
    await fitPlan(train(network, { data: arrays({ x: [[1], [2]], y: [10, 20] }), optimizer: "sgd", loss: "meanSquaredError" }));
    expect(seen).toHaveLength(1);
    expect(seen[0]!.shape).toEqual([2, 1]);
    expect(seen[0]!.x.map((value, index) => [value, seen[0]!.y[index]]).sort()).toEqual([
      [3, 10],
      [6, 20],
    ]);
  });
});

describe("data that does not fit the model", () => {
  const classifier = (data: DataSet): Plan =>
    train(sequential({ name: "net", inputShape: [2] }, [layers.dense(10, { activation: "softmax", name: "out" })]), {
      data,
      optimizer: "sgd",
      loss: "sparseCategoricalCrossentropy",
    });
  const two = [
    [1, 2],
    [3, 4],
  ];

  it.each([
    [
      "a label outside the classes",
      arrays({ x: two, y: [3, 12] }),
      /The label 12 \(training part, sample 1\) is outside the classes: the output "out" has 10 units.*at least 13 units/,
    ],
    ["a label that is no class", arrays({ x: two, y: [0, 0.5] }), /The label 0\.5 .* whole numbers from 0 to 9/],
    [
      "one-hot labels",
      arrays({
        x: two,
        y: [
          [0, 1],
          [1, 0],
        ],
      }),
      /For one-hot labels use categoricalCrossentropy/,
    ],
    ["inputs of another shape", arrays({ x: [[1, 2, 3]], y: [0] }), /samples of shape \(3\); the model's input .* takes \(2\)/],
    [
      "an input that is not a number",
      arrays({ x: [[1, Number.NaN]], y: [0] }),
      /holds NaN \(training part, sample 0, value 1\); expected finite numbers/,
    ],
    [
      "names that the model does not have",
      arrays({ x: { a: two }, y: [0, 1] }),
      /gets no data: expected arrays named .*; received a/,
    ],
  ])("is named: %s", async (_name, data, message) => {
    await expect(loadPlan(classifier(data))).rejects.toThrow(message);
  });

  it("is named: labels that the loss cannot compare", async () => {
    const network = sequential({ inputShape: [2] }, [layers.dense(3, { name: "three" })]);
    const wrong = train(network, { data: arrays({ x: two, y: [1, 2] }), optimizer: "sgd", loss: "meanSquaredError" });
    await expect(loadPlan(wrong)).rejects.toThrow(
      /labels \(training part\) are one number a sample; the output "three" has \(3\).*1 unit/,
    );
  });

  const pairs = { values: new Float32Array(8), shape: [2, 4, 1] };
  const images = { values: new Float32Array(32), shape: [2, 4, 4, 1] };
  it.each([
    [
      "for every step",
      sequential({ inputShape: [4, 1] }, [layers.lstm(2, { returnSequences: true }), layers.dense(1)]),
      arrays({ x: pairs, y: [1, 2] }),
      /a value for each of 4 positions, and each sample has one label: let the recurrent layer return its last output alone/,
    ],
    [
      "of a smaller image",
      sequential({ inputShape: [4, 4, 1] }, [layers.conv2d(1, 3)]),
      arrays({ x: images, y: images }),
      /Let the output be 4 × 4 as the labels are, not 2 × 2, .*padding: "same"/,
    ],
    [
      "of a row, for an image",
      sequential({ inputShape: [4, 4, 1] }, [layers.flatten(), layers.dense(3)]),
      arrays({ x: images, y: images }),
      /16 units, and layers\.reshape\(\[4, 4, 1\]\) after them/,
    ],
  ])("says what to do with an output %s", async (_name, network, data, message) => {
    await expect(loadPlan(train(network, { data, optimizer: "sgd", loss: "mse" }))).rejects.toThrow(message);
  });
});

describe("callbacks", () => {
  const logs = (value: number): ReadonlyMap<string, number> => new Map([["loss", value]]);

  function make(declarations: Parameters<typeof createCallbacks>[0], learningRate = new LearningRate(plan().optimizer)) {
    const told: string[] = [];
    const made = createCallbacks(declarations, {
      learningRate,
      available: ["loss", "accuracy"],
      weights: { copy: () => told.push("copy"), restore: () => told.push("restore"), dispose: () => undefined },
      saveCheckpoint: (name, monitor, value) => Promise.resolve(void told.push(`save ${name} ${monitor} ${value}`)),
      restoreCheckpoint: (name) => Promise.resolve(void told.push(`load ${name}`)),
      eventFolder: "",
    });
    return { callback: made[0] as EpochCallback, told, learningRate };
  }

  it("earlyStopping stops after so many epochs without improvement and brings back the best weights", async () => {
    const { callback, told } = make([callbacks.earlyStopping({ monitor: "loss", patience: 2, restoreBestWeights: true })]);
    const decisions = [];
    for (const [index, loss] of [3, 2, 2.5, 2.1].entries()) {
      await callback.onEpochEnd?.(index + 1, logs(loss));
      decisions.push(callback.wantsStop);
    }
    expect(decisions).toEqual([false, false, false, true]);
    await callback.onTrainingEnd?.();
    expect(told).toEqual(["copy", "copy", "restore"]);
  });

  it("modelCheckpoint keeps the best and rolls back to it", async () => {
    const { callback, told } = make([callbacks.modelCheckpoint({ monitor: "accuracy", saveBestOnly: true })]);
    for (const [index, value] of [0.5, 0.4, 0.6].entries())
      await callback.onEpochEnd?.(index + 1, new Map([["accuracy", value]]));
    await callback.onTrainingEnd?.();
    expect(told).toEqual(["save best-accuracy accuracy 0.5", "save best-accuracy accuracy 0.6", "load best-accuracy"]);
  });

  it("reduceLROnPlateau lowers the learning rate, as Keras does", async () => {
    const { callback, learningRate } = make([
      callbacks.reduceLROnPlateau({ monitor: "loss", factor: 0.5, patience: 2, cooldown: 1, minLearningRate: 0.0004 }),
    ]);
    const rates = [];
    for (let epoch = 1; epoch <= 7; epoch++) {
      await callback.onEpochEnd?.(epoch, logs(1));
      rates.push(learningRate.at(0));
    }
    expect(rates).toEqual([0.001, 0.001, 0.0005, 0.0005, 0.0004, 0.0004, 0.0004]);
  });

  it("learningRateScheduler sets the rate of each epoch", () => {
    const { callback, learningRate } = make([callbacks.learningRateScheduler((epoch, rate) => (epoch === 0 ? 0.5 : rate / 2))]);
    callback.onEpochBegin?.(1);
    callback.onEpochBegin?.(2);
    expect(learningRate.at(0)).toBe(0.25);
  });

  it("refuse to monitor what is not measured", () => {
    expect(() => make([callbacks.earlyStopping({ monitor: "valLoss" })])).toThrow(
      /monitors "valLoss", which is not measured: there are loss, accuracy\. Add \.split/,
    );
  });
});
