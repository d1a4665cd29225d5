import "@tensorflow/tfjs-backend-cpu";
import { beforeEach, describe, expect, it } from "vitest";
import {
  arrays,
  callbacks,
  csv,
  demo,
  digits,
  input,
  layers,
  losses,
  metrics,
  model,
  ModelError,
  optimizers,
  schedules,
  sequential,
  tf,
  train,
  xor,
} from "layerwise";
import { declaredDemos } from "../../../src/dsl/demo";
import { declaredPlans } from "../../../src/dsl/plan";
import { declarations, resetDeclarations } from "../../../src/nn";

const network = () => sequential({ inputShape: [2] }, [layers.dense(3, { activation: "softmax" })]);
const twoHeads = () => {
  const x = input({ shape: [2] });
  return model({ inputs: x, outputs: { price: layers.dense(1)(x), kind: layers.dense(3, { activation: "softmax" })(x) } });
};
const plan = { data: xor(), optimizer: "adam", loss: "sparseCategoricalCrossentropy" } as const;

beforeEach(() => {
  resetDeclarations();
});

describe("train", () => {
  it("declares a plan with Keras's defaults", () => {
    const declared = train(network(), { ...plan, metrics: ["accuracy", "mse", metrics.topKCategoricalAccuracy({ k: 2 })] });
    expect(declaredPlans()).toEqual([declared]);
    expect(declared).toMatchObject({ batchSize: 32, epochs: 1, shuffle: true, optimizer: { name: "adam", learningRate: 0.001 } });
    expect([...declared.losses.values()].map(({ name }) => name)).toEqual(["sparseCategoricalCrossentropy"]);
    expect([...declared.metrics.values()].flat().map(({ name }) => name)).toEqual(["accuracy", "mse", "topKCategoricalAccuracy"]);
    resetDeclarations();
    expect(declaredPlans()).toEqual([]);
  });

  it("takes losses, metrics and weights by output name", () => {
    const declared = train(twoHeads(), {
      data: xor(),
      optimizer: optimizers.sgd({
        learningRate: schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 2, decayRate: 0.25 }),
      }),
      loss: { price: "mse", kind: "sparseCategoricalCrossentropy" },
      metrics: { price: ["r2Score"] },
      lossWeights: { kind: 0.5 },
    });
    expect([...declared.losses].map(([output, { name }]) => [output, name])).toEqual([
      ["price", "meanSquaredError"],
      ["kind", "sparseCategoricalCrossentropy"],
    ]);
    expect([...declared.metrics].map(([output, list]) => [output, list.map(({ name }) => name)])).toEqual([
      ["price", ["r2Score"]],
      ["kind", []],
    ]);
    expect([declared.lossWeight("price"), declared.lossWeight("kind")]).toEqual([1, 0.5]);
    expect(declared.optimizer.learningRateAt(1)).toBe(0.5);
  });

  it("takes the input shape of a sequential model from the data", () => {
    const open = sequential({}, [layers.flatten(), layers.dense(10)]);
    train(open, { ...plan, data: digits() });
    expect(open.outputs[0]?.shape).toEqual([null, 10]);
  });

  it("leaves a model without a shape to the trainer, names checked", () => {
    const open = sequential({}, [layers.dense(1)]);
    const declared = train(open, { data: csv("data.csv"), optimizer: "adam", loss: "mse", metrics: ["mae", "r2Score"] });
    open.buildFrom([4]);
    expect([...declared.losses.keys()]).toEqual(["dense"]);
    expect(declared.metrics.get("dense")?.map(({ name }) => name)).toEqual(["mae", "r2Score"]);
  });

  it.each([
    ['There is no optimizer "adamm". Did you mean "adam"?', "unknown-name", { ...plan, optimizer: "adamm" }],
    ['Did you mean "sparseCategoricalCrossentropy"?', "unknown-name", { ...plan, loss: "sparse_categorical_crossentropy" }],
    ['Did you mean "accuracy"?', "unknown-name", { ...plan, metrics: ["acuracy"] }],
    ["metrics takes a list", "invalid-argument", { ...plan, metrics: "accuracy" }],
    ['Did you mean "dense"? Its outputs: dense.', "unknown-name", { ...plan, loss: { dens: "mse" } }],
    ["data takes a data set", "invalid-argument", { ...plan, data: [1, 2] }],
    ["train has no option epoch. Did you mean epochs?", "unknown-name", { ...plan, epoch: 3 }],
    ["epochs takes a positive whole number; received 0.", "invalid-argument", { ...plan, epochs: 0 }],
    ["callbacks takes a list of callbacks", "invalid-argument", { ...plan, callbacks: ["earlyStopping"] }],
    ["callbacks takes a list of callbacks", "invalid-argument", { ...plan, callbacks: callbacks.terminateOnNaN() }],
    ["callbacks takes a list of callbacks", "invalid-argument", { ...plan, callbacks: [null] }],
    ["metrics takes a list", "invalid-argument", { ...plan, metrics: null }],
    ["A loss is a name", "invalid-argument", { ...plan, loss: { dense: null } }],
    ['jit takes "auto", "on" or "off"; received true.', "invalid-argument", { ...plan, jit: true }],
    [
      'precision takes "float32", "mixedBfloat16" or "mixedFloat16"; received "float16".',
      "invalid-argument",
      { ...plan, precision: "float16" },
    ],
    ["train needs optimizer", "invalid-argument", { ...plan, optimizer: undefined }],
    ['train needs loss, such as loss: "meanSquaredError"; received null.', "invalid-argument", { ...plan, loss: null }],
    [
      "classWeight takes weights by class number such as { 0: 1, 1: 4 }",
      "invalid-argument",
      { ...plan, classWeight: "balanced" },
    ],
    ['loss takes one loss, or losses by output name; received ["mse"].', "invalid-argument", { ...plan, loss: ["mse"] }],
    ["Give them by output name: { dense: … }.", "invalid-argument", { ...plan, lossWeights: [1] }],
  ])("refuses at its own line: %s", (message, code, options) => {
    const error = thrownBy(() => train(network(), options as never));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(message);
    expect(error.origin?.stack).toContain("train.test.ts");
  });

  it("reports every error of a plan in a tolerant evaluation, and declares it", () => {
    const { errors } = resetDeclarations({ tolerant: true });
    train(network(), { ...plan, optimizer: "adamm", metrics: ["acuracy"], epochs: 1.5 } as never);
    expect(errors.map(({ code }) => code)).toEqual(["unknown-name", "unknown-name", "invalid-argument"]);
    expect(declaredPlans()).toHaveLength(1);
  });

  it("takes own metrics under their names", () => {
    const closeness = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.mean(tf.abs(tf.sub(yTrue, yPred)), -1);
    const [metric] = train(network(), { ...plan, metrics: [closeness] }).metrics.get("dense") ?? [];
    const state = metric?.state().map(({ shape }) => tf.zeros([...shape])) ?? [];
    const seen = metric?.update(state, tf.tensor2d([[1, 2]]), tf.tensor2d([[2, 4]])) ?? [];
    expect([metric?.name, metric?.result(seen).arraySync()]).toEqual(["closeness", 1.5]);
  });

  it("notices a factory that was not called", () => {
    const [labels, predictions] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[2, 4]])];
    const declared = train(network(), { ...plan, loss: losses.huber, metrics: [metrics.auc as never] });
    const [loss] = [...declared.losses.values()];
    const [metric] = declared.metrics.get("dense") ?? [];
    expect(() => loss?.call(labels, predictions)).toThrow(/huber returned an object\. .* is called first: losses\.huber\(\)/);
    expect(() => metric?.update([], labels, predictions)).toThrow(
      /auc returned an object\. .* is called first: metrics\.auc\(\)/,
    );
  });

  it("takes own losses and callbacks", () => {
    const declared = train(network(), {
      ...plan,
      loss: (yTrue, yPred) => tf.mean(tf.abs(tf.sub(yTrue, yPred)), -1),
      callbacks: [callbacks.earlyStopping({ patience: 3 }), callbacks.terminateOnNaN()],
    });
    const [loss] = [...declared.losses.values()];
    expect(loss?.call(tf.tensor2d([[1, 2]]), tf.tensor2d([[2, 4]])).arraySync()).toEqual([1.5]);
  });
});

describe("options", () => {
  it.each([
    [
      'There is no option of callbacks.earlyStopping "patiance". Did you mean "patience"?',
      () => callbacks.earlyStopping({ patiance: 3 } as never),
    ],
    [
      "callbacks.earlyStopping({ patience }) takes a whole number of 0 or more; received -1.",
      () => callbacks.earlyStopping({ patience: -1 }),
    ],
    [
      'callbacks.modelCheckpoint({ mode }) takes "auto" or "min" or "max"; received "minimum".',
      () => callbacks.modelCheckpoint({ mode: "minimum" as never }),
    ],
    ["({ factor }) takes a number between 0 and 1; received 10.", () => callbacks.reduceLROnPlateau({ factor: 10 })],
    [
      "takes its options as an object; received 3. Write callbacks.earlyStopping({ patience: 3 }).",
      () => callbacks.earlyStopping(3 as never),
    ],
    ["received 0.2. Write split({ validation: 0.2 }).", () => xor().split(0.2 as never)],
    [
      "Write schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: …, decayRate: … }).",
      () => schedules.exponentialDecay(0.1 as never),
    ],
    ["takes a function from epoch and learning rate", () => callbacks.learningRateScheduler(0.1 as never)],
    ['There is no option of csv "lables". Did you mean "label"?', () => csv("a.csv", { lables: "kind" } as never)],
    ['csv({ header }) takes true or false; received "no".', () => csv("a.csv", { header: "no" as never })],
    ['There is no option of split "validaton". Did you mean "validation"?', () => xor().split({ validaton: 0.2 } as never)],
    [
      "split({ test }) takes a whole number of samples or a share between 0 and 1; received 1.5.",
      () => xor().split({ test: 1.5 }),
    ],
  ])("are refused where they are written: %s", (message, body) => {
    const error = thrownBy(body);
    expect(error.message).toContain(message);
    expect(error.stack).toContain("train.test.ts");
  });

  it("that are undefined are not given", () => {
    expect(callbacks.earlyStopping({ patience: undefined, mode: "min" })).toEqual({ kind: "earlyStopping", mode: "min" });
  });
});

describe("data sets", () => {
  it("of arrays need both sides", () => {
    expect(thrownBy(() => arrays({ x: [[1]] } as never)).message).toContain("arrays({ x, y }) takes inputs x and labels y");
    expect(thrownBy(() => arrays(undefined as never)).message).toContain("received undefined and undefined");
  });

  it("are immutable", () => {
    const data = arrays({ x: [[1]], y: [1] });
    expect(
      data
        .split({ validation: 0.2 })
        .standardize()
        .transforms.map(({ kind }) => kind),
    ).toEqual(["split", "standardize"]);
    expect(data.transforms).toEqual([]);
    expect(() => data.split({ validation: -1 })).toThrow(ModelError);
  });

  it("know their one-hot labels", () => {
    expect(digits().oneHot(10).transforms).toEqual([{ kind: "oneHot", classes: 10 }]);
  });
});

describe("tf", () => {
  it("has chained operations", () => {
    expect(tf.tensor1d([3, 4]).square().sum().sqrt().arraySync()).toBe(5);
  });
});

describe("demo", () => {
  it("is collected", () => {
    const declared = demo(layers.dropout(0.5), [[1, 2]], { training: true, seed: 3 });
    expect(declaredDemos()).toEqual([declared]);
    expect(declared).toMatchObject({ training: true, seed: 3 });
    expect(declarations().errors).toEqual([]);
  });
});

function thrownBy(body: () => unknown): ModelError {
  try {
    body();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}
