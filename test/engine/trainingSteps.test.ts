import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  arrays,
  constraints,
  type DataSet,
  input,
  Layer,
  layers,
  metrics,
  model,
  optimizers,
  type PlanOptions,
  regularizers,
  sequential,
  type Shape,
  type SymbolicTensor,
  type TensorInputs,
  train,
  type Weight,
} from "../../src/dsl";
import type { Plan } from "../../src/dsl/plan";
import { startEngine, UncapturableError } from "../../src/engine";
import { resetDeclarations } from "../../src/nn";
import { type LossName, NAMED_LOSSES } from "../../src/nn/losses";
import "../../src/nn/gradients";
import { initializeWeights } from "../../src/training/loop/initialize";
import { Program } from "../../src/training/loop/program";
import type { Execution } from "../../src/training/loop/stepRunner";
import { TrainingSteps } from "../../src/training/loop/trainingSteps";
import { disposeState } from "../../src/training/loop/trainState";
import { loadPlan, wave } from "../unit/training/fitting";
import { openBinding } from "./support";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

/** A batch of the usual size, then one that is short. */
const BATCHES = [Int32Array.of(0, 1, 2, 3), Int32Array.of(4, 5, 6, 7), Int32Array.of(8, 9)];

interface Outcome {
  readonly weights: number[];
  readonly reports: number[];
  readonly whyEager: string | undefined;
  readonly whyUncompiled: string | undefined;
}

/** Trains a few steps and looks at everything that came of it. */
async function trainSteps(makePlan: () => Plan, execution: Execution, rounds = 2): Promise<Outcome> {
  resetDeclarations();
  const plan = makePlan();
  const data = await loadPlan(plan);
  const program = new Program(plan);
  initializeWeights(plan.model, { seed: 5, training: data.training });
  const steps = new TrainingSteps(program, data.training, {
    seed: 5,
    execution,
    describeError: (error) =>
      error instanceof UncapturableError ? `${error.place ?? "somewhere"}: ${error.message}` : String(error),
  });
  steps.prepare();
  const learningRate = tf.scalar(0.05);
  const reports: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const batch of BATCHES) {
      const report = steps.run(batch, learningRate);
      reports.push(...report.dataSync());
      report.dispose();
    }
  }
  const { whyEager, whyUncompiled } = steps;
  const state = steps.readState();
  const weights = [...state.trainable, ...state.nonTrainable, ...state.slots.flat()].flatMap((weight) => [...weight.dataSync()]);
  disposeState(state);
  tf.dispose(learningRate);
  for (const weight of plan.model.weights) weight.release();
  for (const owned of [steps, program, data]) owned.dispose();
  return { weights, reports, whyEager, whyUncompiled };
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const farthest = Math.max(
    ...actual.map((value, index) => Math.abs(value - (expected[index] ?? NaN)) / Math.max(1, Math.abs(value))),
  );
  expect(farthest).toBeLessThanOrEqual(tolerance);
}

const range = <T>(count: number, value: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => value(index));
const classes = range(10, (index) => index % 3);
const vectors = (): DataSet => arrays({ x: wave([10, 6], 0.3), y: classes });
const images = (): DataSet => arrays({ x: wave([10, 8, 8, 1], 0.3), y: classes });
const series = (): DataSet => arrays({ x: wave([10, 5, 3], 0.3), y: classes });
const tokens = (): DataSet => arrays({ x: range(10, (index) => range(4, (time) => (index + time) % 5)), y: classes });

const options = {
  optimizer: "sgd",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
  batchSize: 4,
  epochs: 1,
} as const;
const softmax = (): Layer => layers.dense(3, { activation: "softmax" });

const classifier = (data: DataSet, inputShape: number[], hidden: readonly Layer[], changes: Partial<PlanOptions> = {}): Plan =>
  train(sequential({ inputShape }, [...hidden, softmax()]), { data, ...options, ...changes });

const mlp = (changes?: Partial<PlanOptions>): Plan =>
  classifier(vectors(), [6], [layers.dense(5, { activation: "relu" }), layers.dense(4), layers.leakyReLU()], changes);

const regression = (changes: Partial<PlanOptions>): Plan =>
  train(sequential({ inputShape: [6] }, [layers.dense(4, { activation: "tanh" }), layers.dense(3, { activation: "sigmoid" })]), {
    ...options,
    data: arrays({
      x: wave([10, 6], 0.3),
      y: { values: Float32Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? 1 : 0)), shape: [10, 3] },
    }),
    metrics: [],
    ...changes,
  });

/** A classifier of sequences of four whole numbers. */
function sequences(data: DataSet, hidden: (sequence: SymbolicTensor) => SymbolicTensor): Plan {
  const sequence = input({ shape: [4], dtype: "int32" });
  return train(model({ inputs: sequence, outputs: softmax()(hidden(sequence)) }), { data, ...options });
}

/** Distances to learned centers, as a learner writes it. */
class RBF extends Layer {
  centers!: Weight;

  override build(inputShape: Shape | readonly Shape[]): void {
    this.centers = this.addWeight("centers", [4, Number(inputShape[1])], { initializer: "glorotUniform" });
  }

  override call(inputs: TensorInputs): tf.Tensor {
    const x = inputs as tf.Tensor;
    return tf.exp(tf.neg(tf.sum(tf.squaredDifference(tf.expandDims(x, 1), tf.expandDims(this.centers, 0)), 2)));
  }
}

const plans: Readonly<Record<string, () => Plan>> = {
  "a multilayer perceptron": () => mlp(),
  "a deep network": () =>
    classifier(
      vectors(),
      [6],
      range(8, () => layers.dense(4, { activation: "selu" })),
    ),
  "a convolutional network": () =>
    classifier(images(), [8, 8, 1], [layers.conv2d(3, 3, { activation: "relu" }), layers.maxPooling2d(2), layers.flatten()]),
  dropout: () => classifier(vectors(), [6], [layers.dense(8), layers.dropout(0.5), layers.dense(4), layers.gaussianNoise(0.1)]),
  "batch normalization": () => classifier(vectors(), [6], [layers.dense(4), layers.batchNormalization()]),
  "an LSTM": () => classifier(series(), [5, 3], [layers.lstm(4)], { optimizer: "adam" }),
  "a bidirectional GRU": () => classifier(series(), [5, 3], [layers.bidirectional(layers.gru(3))]),
  "a masked embedding": () =>
    sequences(tokens(), (sequence) => layers.lstm(3)(layers.embedding(5, 3, { maskZero: true })(sequence))),
  "an own layer": () => classifier(vectors(), [6], [new RBF()]),
  "class weights": () => mlp({ classWeight: { 0: 1, 1: 2, 2: 0.5 } }),
  "clipping by norm": () => mlp({ clipNorm: 0.1 }),
  "clipping by value": () => mlp({ optimizer: optimizers.sgd({ clipValue: 0.01 }) }),
  "clipping by global norm": () => mlp({ optimizer: optimizers.adam({ globalClipNorm: 0.1 }) }),
  "regularizers and constraints": () =>
    classifier(
      vectors(),
      [6],
      [
        layers.dense(4, { kernelRegularizer: regularizers.l1l2(), kernelConstraint: constraints.maxNorm({ maxValue: 0.5 }) }),
        layers.dense(4, { kernelRegularizer: regularizers.orthogonal(), biasConstraint: constraints.nonNeg() }),
        layers.activityRegularization({ l1: 0.01 }),
      ],
    ),
  "two outputs": () => {
    const x = input({ shape: [6] });
    const outputs = {
      kind: layers.dense(3, { activation: "softmax", name: "kind" })(x),
      size: layers.dense(1, { name: "size" })(x),
    };
    return train(model({ inputs: x, outputs }), {
      ...options,
      data: arrays({ x: wave([10, 6], 0.3), y: { kind: classes, size: wave([10, 1], 0.7) } }),
      loss: { kind: "sparseCategoricalCrossentropy", size: "meanSquaredError" },
      metrics: { kind: ["accuracy"], size: ["meanAbsoluteError"] },
    });
  },
  ...Object.fromEntries(
    (["adadelta", "adagrad", "adam", "adamax", "adamW", "lion", "rmsprop"] as const).map((name) => [
      `the optimizer ${name}`,
      () => mlp({ optimizer: name }),
    ]),
  ),
  momentum: () => mlp({ optimizer: optimizers.sgd({ momentum: 0.9, nesterov: true }) }),
  ...Object.fromEntries(
    (Object.keys(NAMED_LOSSES) as LossName[])
      .filter((name) => name !== "sparseCategoricalCrossentropy")
      .map((name) => [`the loss ${name}`, () => regression({ loss: name })]),
  ),
  "metrics of probabilities": () =>
    regression({ loss: "binaryCrossentropy", metrics: ["auc", "precision", "recall", "f1Score", "binaryAccuracy", "r2Score"] }),
  "metrics of classes": () => mlp({ metrics: ["sparseCategoricalAccuracy", metrics.sparseTopKCategoricalAccuracy({ k: 2 })] }),
};

describe("captured training equals eager training", () => {
  test.each(Object.entries(plans))("with %s", async (_name, makePlan) => {
    const eager = await trainSteps(makePlan, "eager");
    const captured = await trainSteps(makePlan, "captured");
    expect(captured.whyEager).toBeUndefined();
    expectClose(captured.reports, eager.reports, 1e-6);
    expectClose(captured.weights, eager.weights, 1e-6);
    expect(await trainSteps(makePlan, "captured")).toEqual(captured);
  });

  test.each(["a multilayer perceptron", "a convolutional network", "dropout", "batch normalization"])(
    "with %s, compiled",
    async (name) => {
      const makePlan = plans[name]!;
      const eager = await trainSteps(makePlan, "eager");
      const compiled = await trainSteps(makePlan, "compiled");
      expect([compiled.whyEager, compiled.whyUncompiled]).toEqual([undefined, undefined]);
      expectClose(compiled.weights, eager.weights, 1e-5);
    },
  );
});

describe("a step that cannot be captured runs eagerly, and says why:", () => {
  class Reading extends Layer {
    override call(inputs: TensorInputs): tf.Tensor {
      const x = inputs as tf.Tensor;
      return tf.mul(x, 1 / Math.max(1, ...x.dataSync()));
    }
    override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
      return inputShape as Shape;
    }
  }
  class Remembering extends Reading {
    private former: tf.Tensor | undefined;
    override call(inputs: TensorInputs): tf.Tensor {
      const mean = tf.mean(inputs as tf.Tensor);
      const { former } = this;
      this.former = tf.keep(former === undefined ? mean : tf.add(mean, tf.mul(former, 0.9)));
      former?.dispose();
      return tf.sub(inputs as tf.Tensor, this.former);
    }
  }
  class Drawing extends Reading {
    override call(inputs: TensorInputs): tf.Tensor {
      return tf.mul(inputs as tf.Tensor, Math.random());
    }
  }

  test("it reads a tensor's values", async () => {
    const outcome = await trainSteps(() => classifier(vectors(), [6], [new Reading({ name: "reading" })]), "captured");
    expect(outcome.whyEager).toBe("reading: The step reads the values of a tensor (TF_FLOAT [4, 6]) in JavaScript.");
    expect(outcome).toMatchObject(
      await trainSteps(() => classifier(vectors(), [6], [new Reading()]), "eager").then(({ weights }) => ({ weights })),
    );
  });

  test("it keeps a tensor for the next step", async () => {
    const outcome = await trainSteps(() => classifier(vectors(), [6], [new Remembering({ name: "remembering" })]), "captured");
    expect(outcome.whyEager).toBe("remembering: The step keeps tensors beyond its end (1 of them), e.g. by tf.keep.");
    expect(outcome.reports.every(Number.isFinite)).toBe(true);
  });

  test("it draws random numbers in JavaScript", async () => {
    const outcome = await trainSteps(() => classifier(vectors(), [6], [new Drawing({ name: "drawing" })]), "captured");
    expect(outcome.whyEager).toMatch(/^drawing: The step is not the same each time: a value that JavaScript/);
    expect(outcome.weights.every(Number.isFinite)).toBe(true);
  });
});

test("a step that XLA cannot compile is captured all the same, and says why", async () => {
  class Crop extends Layer {
    override call(inputs: TensorInputs): tf.Tensor {
      const [batch = 1] = (inputs as tf.Tensor).shape;
      const boxes = tf.tile(tf.tensor2d([[0, 0, 0.5, 0.5]]), [batch, 1]);
      return tf.image.cropAndResize(inputs as tf.Tensor4D, boxes, tf.range(0, batch, 1, "int32"), [4, 4]);
    }
  }
  const makePlan = (): Plan => classifier(images(), [8, 8, 1], [new Crop({ name: "crop" }), layers.flatten()]);
  const { whyUncompiled, whyEager, ...outcome } = await trainSteps(makePlan, "compiled");
  expect(whyEager).toBeUndefined();
  expect(whyUncompiled).toMatch(/CropAndResize in crop: /);
  const { weights, reports } = await trainSteps(makePlan, "captured");
  expect(outcome).toEqual({ weights, reports });
});

test("an error inside a captured step names the layer", async () => {
  const outside = arrays({ x: range(10, () => [7, 7, 7, 7]), y: classes });
  const plan = (): Plan =>
    sequences(outside, (sequence) => layers.flatten()(layers.embedding(5, 3, { name: "words" })(sequence)));
  await expect(trainSteps(plan, "captured")).rejects.toThrow(/^GatherV2 in words: .*7 is not in \[0, 5\)/);
});

test("tensors stay flat over 1,000 steps", async () => {
  const binding = openBinding();
  const before = [binding.getNumOfTensors(), tf.memory().numTensors];
  const outcome = await trainSteps(() => mlp({ optimizer: "adam" }), "captured", 334);
  expect(outcome.reports.every(Number.isFinite)).toBe(true);
  expect([binding.getNumOfTensors(), tf.memory().numTensors]).toEqual(before);
});
