import { describe, expect, it } from "vitest";
import { evaluateArithmetic } from "../../../../src/extension/learning/arithmetic";
import { missingTerm } from "../../../../src/extension/learning/missingTerm";
import { Predictions } from "../../../../src/extension/learning/predictions";
import type { LayerSummary, WeightSummary } from "../../../../src/protocol";
import { layer, model } from "../fixtures";

const dense = layer({ line: 3 });
const network = model([layer({ line: 2, name: "flatten", type: "Flatten", inputShape: [null, 28, 28], params: 0 }), dense]);

function weight(
  name: string,
  shape: readonly number[],
  factors: Readonly<Record<string, number>>,
  trainable = true,
): WeightSummary {
  return { name, shape: [...shape], trainable, factors: Object.entries(factors).map(([key, value]) => ({ name: key, value })) };
}

const lstm = layer({
  ...{ line: 1, name: "lstm", type: "LSTM", inputShape: [null, 28, 28], outputShape: [null, 64], params: 23_808 },
  weights: [
    weight("kernel", [28, 256], { inputs: 28, gates: 4, units: 64 }),
    {
      ...weight("recurrent_kernel", [64, 256], { gates: 4, units: 64 }),
      factors: [
        { value: 64, name: "units" },
        { value: 4, name: "gates" },
        { value: 64, name: "units" },
      ],
    },
    weight("bias", [256], { gates: 4, units: 64 }),
  ],
});
const convolution = layer({
  ...{ line: 1, name: "conv2d", type: "Conv2D", inputShape: [null, 28, 28, 3], outputShape: [null, 26, 26, 8], params: 224 },
  weights: [
    weight("kernel", [3, 3, 3, 8], { "kernel height": 3, "kernel width": 3, channels: 3, filters: 8 }),
    weight("bias", [8], { filters: 8 }),
  ],
});
const normalization = layer({
  ...{ line: 1, name: "batch_normalization", type: "BatchNormalization", params: 400 },
  weights: ["gamma", "beta", "moving_mean", "moving_variance"].map((name) =>
    weight(name, [100], { features: 100 }, !name.startsWith("moving")),
  ),
});

describe("the missing term", () => {
  const cases: [LayerSummary, number, RegExp][] = [
    [dense, 784 * 300, /leaves out the biases: bias, 300 units/],
    [dense, 28 * 300 + 300, /You counted 28 inputs; what arrives here is \(784\)/],
    [dense, 784 * 300 + 784, /belongs to a unit/],
    [dense, 784 * 300 + 1, /missing in bias: there are 300 units/],
    [dense, 784 + 300, /A factor is missing/],
    [dense, 300, /bias|kernel/],
    [lstm, 23_808 / 4, /missing: there are 4 gates/],
    [lstm, 28 * 256 + 64 * 256, /leaves out the biases/],
    [lstm, 28 * 256 + 256, /leaves out recurrent_kernel/],
    [lstm, 23_808 * 28, /all 28 positions/],
    [convolution, 3 * 3 * 8 + 8, /missing in kernel|3 (kernel|channels)/],
    [convolution, 224 * 26 * 26, /all 676 positions/],
    [normalization, 200, /not trained, but counts: moving_mean/],
    [dense, 7, /^Too few\. Count kernel: inputs × units; bias: units\.$/],
    [dense, 1e9, /^Too many\./],
  ];
  it.each(cases.map(([subject, answer, hint]) => ({ name: subject.name, answer, subject, hint })))(
    "in $answer for $name",
    ({ subject, answer, hint }) => expect(missingTerm(answer, [subject], network)).toMatch(hint),
  );

  it("in a loop is the other layers, or their other inputs", () => {
    const first = layer({ line: 1, name: "dense", params: 30_100 });
    const loop = [first, ...Array.from({ length: 59 }, () => layer({ line: 1, name: "dense_59", params: 10_100 }))] as const;
    expect(missingTerm(30_100, loop, network)).toMatch(/alone: the call makes 60 layers/);
    expect(missingTerm(606_000, loop, network)).toMatch(/Not all 60 layers are as large as dense_59/);
  });
});

describe("an answer", () => {
  it.each([
    ["235500", 235_500],
    ["235,500", 235_500],
    [" 235 500 ", 235_500],
    ["784*300 + 300", 235_500],
    ["(28·28 + 1) × 300", 235_500],
    ["28x28x300+300", 235_500],
    ["10 - 3", 7],
  ])("%s is %d", (text, value) => expect(evaluateArithmetic(text)).toBe(value));

  it.each(["", "many", "3 +", "(3", "3 4", "3//4", ")"])("%j is no number", (text) =>
    expect(evaluateArithmetic(text)).toBeUndefined(),
  );
});

describe("predictions", () => {
  const store = () => {
    const values = new Map<string, unknown>();
    return {
      get: (key: string) => values.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
    };
  };

  it("are kept, and asked for again where a layer has changed or was forgotten", async () => {
    const kept = store();
    await new Predictions(kept).reveal("/a.model.ts", [dense]);
    const predictions = new Predictions(kept);
    expect(predictions.isHidden("/a.model.ts", [dense])).toBe(false);
    expect(predictions.isHidden("/b.model.ts", [dense])).toBe(true);
    expect(predictions.isHidden("/a.model.ts", [{ ...dense, params: 7 }])).toBe(true);
    expect(predictions.isHidden("/a.model.ts", [{ ...dense, params: 0 }])).toBe(false);
    await predictions.forget("/a.model.ts");
    expect(new Predictions(kept).isHidden("/a.model.ts", [dense])).toBe(true);
  });

  it("survive renaming and moving, of layers and of files", async () => {
    const predictions = new Predictions(store());
    await predictions.reveal("file:///a/x.model.ts", [dense]);
    const renamed = { ...dense, name: "hidden", type: "Mine", line: 40 };
    expect(predictions.isHidden("file:///a/x.model.ts", [renamed])).toBe(false);
    await predictions.move("file:///a/x.model.ts", "file:///a/y.model.ts");
    await predictions.move("file:///a", "file:///b");
    expect(predictions.isHidden("file:///b/y.model.ts", [dense])).toBe(false);
    expect(predictions.isHidden("file:///a/x.model.ts", [dense])).toBe(true);
    await predictions.move("file:///b/y", "file:///c");
    expect(predictions.isHidden("file:///b/y.model.ts", [dense])).toBe(false);
  });

  it("are one for each layer of a loop together", async () => {
    const predictions = new Predictions(store());
    await predictions.reveal("f", [dense, dense]);
    expect(predictions.isHidden("f", [dense, dense])).toBe(false);
    expect(predictions.isHidden("f", [dense])).toBe(true);
  });

  it("start anew where what was kept is not what they wrote", () => {
    expect(new Predictions({ ...store(), get: () => ({ a: 1 }) }).isHidden("/a.model.ts", [dense])).toBe(true);
  });
});
