import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { tensor } from "@tensorflow/tfjs-core";
import { arrays, input, layers, type Model, model, optimizers, regularizers, sequential, train } from "../../../src/dsl";
import type { Plan } from "../../../src/dsl/plan";
import { decodeFloat } from "../../../src/protocol";
import { type Optimizer, resetDeclarations } from "../../../src/nn";
import type { Program } from "../../../src/training/loop/program";
import "../nn/backend";
import { fitPlan, fixWeights, wave } from "./fitting";

const History = z.record(z.string(), z.array(z.number()));
const golden = z
  .record(z.string(), History)
  .parse(JSON.parse(readFileSync(new URL("../../golden/training.json", import.meta.url), "utf8")));

function range<T>(count: number, value: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => value(index));
}

/** The first 10 of 14 train, the last 4 validate. */
const x = wave([14, 3], 0.3);
const lastFour = { validation: 4 / 14 };

const regression = (network: Model, optimizer: Optimizer): Plan =>
  train(network, {
    data: arrays({ x, y: wave([14], 1.1) }).split(lastFour),
    optimizer,
    loss: "meanSquaredError",
    batchSize: 4,
    epochs: 3,
    shuffle: false,
  });

const plans: Record<string, () => Plan> = {
  spectral: () =>
    regression(
      sequential({ inputShape: [3] }, [
        layers.spectralNormalization(layers.dense(4, { activation: "tanh", name: "a" }), { powerIterations: 2 }),
        layers.dense(1, { name: "z" }),
      ]),
      optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }),
    ),
  shared: () => {
    const sample = input({ shape: [3] });
    const normalization = layers.batchNormalization({ momentum: 0.6 });
    const joined = layers.add()([normalization(sample), normalization(layers.dense(3, { name: "a" })(sample))]);
    const outputs = layers.dense(1, { name: "z" })(joined);
    return regression(model({ inputs: sample, outputs }), optimizers.sgd({ learningRate: 0.1 }));
  },
  prepared: () => {
    const sample = input({ shape: [3] });
    const bins = layers.discretization({ numBins: 4, outputMode: "oneHot" })(sample);
    const joined = layers.concatenate()([layers.normalization()(sample), layers.flatten()(bins)]);
    return regression(model({ inputs: sample, outputs: layers.dense(1)(joined) }), optimizers.sgd({ learningRate: 0.05 }));
  },
  classifier: () =>
    train(
      sequential({ inputShape: [3] }, [
        layers.dense(4, { activation: "tanh", kernelRegularizer: regularizers.l2(0.01) }),
        layers.dense(3, { activation: "softmax", activityRegularizer: regularizers.l1(0.02) }),
      ]),
      {
        data: arrays({ x, y: range(14, (index) => index % 3) }).split(lastFour),
        optimizer: optimizers.adam({ learningRate: 0.05 }),
        loss: "sparseCategoricalCrossentropy",
        metrics: ["accuracy"],
        batchSize: 4,
        epochs: 3,
        shuffle: false,
        classWeight: { 0: 1, 1: 2, 2: 0.5 },
        clipNorm: 0.5,
      },
    ),
  normalized: () =>
    train(sequential({ inputShape: [3] }, [layers.dense(4), layers.batchNormalization({ momentum: 0.8 }), layers.dense(1)]), {
      data: arrays({ x, y: wave([14], 1.1) }).split(lastFour),
      optimizer: optimizers.rmsprop({ learningRate: 0.01, momentum: 0.5 }),
      loss: "meanSquaredError",
      metrics: ["meanAbsoluteError"],
      batchSize: 4,
      epochs: 3,
      shuffle: false,
    }),
  twoOutputs: () => {
    const left = input({ shape: [2], name: "left" });
    const right = input({ shape: [3], name: "right" });
    const joined = layers.concatenate()([layers.dense(3, { activation: "relu" })(left), layers.dense(2)(right)]);
    const outputs = {
      size: layers.dense(2, { name: "size" })(joined),
      kind: layers.dense(1, { activation: "sigmoid", name: "kind" })(joined),
    };
    return train(model({ inputs: { left, right }, outputs }), {
      data: arrays({
        x: { left: wave([10, 2], 0.2), right: wave([10, 3], 0.9) },
        y: { size: wave([10, 2], 2), kind: range(10, (index) => index % 2) },
      }),
      optimizer: optimizers.sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
      loss: { size: "meanSquaredError", kind: "binaryCrossentropy" },
      lossWeights: { size: 0.3, kind: 2 },
      metrics: { size: ["meanAbsoluteError"], kind: ["accuracy"] },
      batchSize: 4,
      epochs: 3,
      shuffle: false,
    });
  },
  masked: () => {
    const tokens = range(6, (index) => range(4, (time) => (time < 4 - (index % 3) ? (index * 3 + time) % 5 : 0)));
    const classes = range(6, (index) => range(4, (time) => (index + time) % 3));
    const sequence = input({ shape: [4], dtype: "int32" });
    const hidden = layers.lstm(4, { returnSequences: true })(layers.embedding(5, 3, { maskZero: true })(sequence));
    return train(model({ inputs: sequence, outputs: layers.dense(3, { activation: "softmax" })(hidden) }), {
      data: arrays({ x: tokens, y: classes }),
      optimizer: optimizers.sgd({ learningRate: 0.5 }),
      loss: "sparseCategoricalCrossentropy",
      batchSize: 4,
      epochs: 3,
      shuffle: false,
    });
  },
};

function prepare(program: Program): void {
  fixWeights(program);
  const vector = program.nonTrainable.find(({ path }) => path === "spectral_normalization/vector_u");
  vector?.assign(tensor(wave(vector.shape, 0.7).values, vector.shape));
}

describe("fit gives Keras's losses and metrics", () => {
  beforeEach(() => void resetDeclarations());

  it.each(Object.keys(plans))("%s", async (name) => {
    const { epochs } = await fitPlan(plans[name]!(), { prepare });
    for (const [kerasName, values] of Object.entries(golden[name]!)) {
      const key = kerasName.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      const received = epochs.map((epoch) =>
        key === "loss" ? epoch.loss : key === "valLoss" ? epoch.valLoss : epoch.metrics[key],
      );
      expect(received, key).toHaveLength(values.length);
      values.forEach((value, epoch) => expect(decodeFloat(received[epoch]!), `${key}, epoch ${epoch + 1}`).toBeCloseTo(value, 4));
    }
  });
});
