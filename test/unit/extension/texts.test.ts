import { describe, expect, it } from "vitest";
import { layerHover } from "../../../src/extension/editor/layerHover";
import { modelHover } from "../../../src/extension/editor/modelHover";
import { withoutHidden } from "../../../src/extension/learning/withoutHidden";
import type { LayerHint } from "../../../src/extension/models/annotations";
import { flattenedShape } from "../../../src/extension/models/flattenedShape";
import { hintLabel } from "../../../src/extension/models/layerText";
import { modelTitle } from "../../../src/extension/models/modelText";
import { describeAnalysis } from "../../../src/extension/tools/describeAnalysis";
import { predictSeconds } from "../../../src/extension/training/predictSeconds";
import type { StoredRun } from "../../../src/extension/training/runsFolder";
import { formatBytes, formatRoundedCount, summaryLines } from "../../../src/format";
import { analysis, layer, model, modelFile, plan, runFile } from "./fixtures";

const flatten = layer({
  ...{ line: 2, name: "flatten", type: "Flatten", inputShape: [null, 28, 28], outputShape: [null, 784] },
  ...{ params: 0, trainable: 0, bytes: 0, flops: 0, weights: [], derivation: "0", documentation: null },
});
const dense = layer({ line: 3, inbound: ["dropout"] });
const dropout = layer({ ...flatten, line: 3, name: "dropout", type: "Dropout", inputShape: [null, 784], inbound: ["flatten"] });
const mlp = model([flatten, dropout, dense], {
  totals: { params: 235_500, trainable: 235_500, nonTrainable: 0, bytes: 942_000, flops: 470_400 },
});
const [documentation = null] = analysis([]).documentation;
const hint: LayerHint = { span: { start: 0, end: 10 }, layers: [dense], model: mlp, key: "mlp", stale: false };

describe("numbers", () => {
  it("are rounded to three digits, and sizes are Keras's", () => {
    expect([7, 999, 1000, 235_500, 999_499, 999_500, 4_200_000, 1.5e9].map(formatRoundedCount)).toEqual([
      "7",
      "999",
      "1k",
      "236k",
      "999k",
      "1M",
      "4.2M",
      "1.5G",
    ]);
    expect([0, 942_000, 1_066_440].map(formatBytes)).toEqual(["0.00 B", "919.92 KB", "1.02 MB"]);
  });
});

describe("a compact hint", () => {
  it("rounds, and leaves out shapes that stay as they are", () => {
    expect(hintLabel([dense], "compact")).toEqual({ shape: "→ (300)", params: "236k" });
    expect(hintLabel([dropout], "compact")).toEqual({ shape: "", params: "" });
    expect(hintLabel([dense, { ...dense, outputShape: [null, 784] }], "compact")).toEqual({ shape: "×2", params: "471k" });
  });
});

describe("the shape behind flattened inputs", () => {
  it("is found through layers that keep their shape, and nowhere else", () => {
    expect(flattenedShape(dense, mlp)).toEqual([28, 28]);
    expect(flattenedShape({ ...dense, inbound: ["flatten", "dropout"] }, mlp)).toBeUndefined();
    expect(flattenedShape(dense, model([{ ...dropout, inbound: ["dropout"] }]))).toBeUndefined();
  });
});

describe("a layer's hover", () => {
  const words = ({ text }: { text: string }): string => `<${text}>`;
  const hover = (question?: string): string =>
    layerHover({ hint, documentation, plan: plan(), question, showsShares: question === undefined }, words);

  it("explains the output, the parameters and the costs", () => {
    const text = hover();
    expect(text).toContain("**dense** · Dense · \\(784\\) → \\(300\\)");
    expect(text).toContain("<28·28 inputs × 300 units (kernel) + 300 units (bias) = 235,500 parameters>");
    expect(text).toContain("A batch of 32: input 32 × 784");
    expect(text).toContain("| Parameters | &emsp;235,500 | &emsp;100.0 % |");
    expect(text).toContain("| FLOPs, one sample | &emsp;470,400 | &emsp;100.0 % |");
    expect(text).toContain("| Memory of weights | &emsp;919.92 KB | &emsp;100.0 % |");
    expect(text).toContain("momentum, velocity | &emsp;1.80 MB | &emsp;100.0 % |");
    expect(text).toMatch(/of outputs, batch of 32 \| &emsp;37\.50 KB \| &emsp;16\.1 % \|/);
    expect(text).toContain("[Keras\\'s page](https://keras.io/api/layers/core_layers/dense/)");
  });

  it("keeps to itself what the learner is to predict", () => {
    const text = hover("[Predict](command:x)");
    expect(text).not.toMatch(/235|470|919|1\.80/);
    expect(text).toContain("| Parameters | ? | ? |");
    expect(text).toContain("\n\n[Predict](command:x)\n\n");
  });

  it("shows no share of a whole with a part that is hidden, and no sole vector's length", () => {
    expect(layerHover({ hint, documentation, plan: plan(), question: undefined, showsShares: false }, words)).not.toContain(
      "100.0 %",
    );
    const slope = layer({ line: 3, name: "p_re_lu", params: 4321, weights: [{ ...dense.weights[1]!, shape: [4321] }] });
    const asked = { hint: { ...hint, layers: [slope] as const }, documentation, plan: plan(), question: "?", showsShares: false };
    expect(layerHover(asked, words)).not.toContain("4321");
  });

  it("reads a model's texts as text", () => {
    const named = { ...dense, name: "[x](command:evil) **", type: "<b>" };
    const text = layerHover(
      { hint: { ...hint, layers: [named] }, documentation: null, plan: undefined, question: undefined, showsShares: true },
      words,
    );
    expect(text).toContain(String.raw`**\[x\]\(command\:evil\) \*\*** · \<b\>`);
    const link = { summary: "", formula: "", source: "command:evil" };
    const linking = { hint, documentation: link, plan: undefined, question: undefined, showsShares: true };
    expect(layerHover(linking, words)).not.toContain("command:");
  });
});

describe("a model's hover", () => {
  it("is Keras's table with shares, and the memory of a training step", () => {
    const text = modelHover(mlp, plan(), false);
    expect(text).toContain("| dense *Dense* | &emsp;\\(300\\) | 235,500 | &emsp;100.0 % |");
    expect(text).toContain("235,500 parameters; 470,400 FLOPs for one sample\\.");
    expect(text).toMatch(/gradients 919\\.92 KB, adam 1\\.80 MB, outputs of a batch of 32 233\\.50 KB/);
    const [untold] = withoutHidden([mlp], ({ params }) => params !== 0);
    expect(modelHover(untold!, undefined, true)).not.toMatch(/235|470/);
  });
});

describe("the text above a model", () => {
  const predicted = { open: 0, all: 1 };
  const saved = { ...mlp.totals, params: 251_050, flops: 500_000 };

  it("tells what the edits since the last save change", () => {
    expect(modelTitle(mlp, { saved: mlp.totals, predicted, seconds: 3 })).toBe("235,500 params · (28, 28) → (10)");
    expect(modelTitle(mlp, { saved, predicted, seconds: 1.94 })).toBe(
      "235,500 params (−15,550) · (28, 28) → (10) · FLOPs −29,600 · about 1.9 s per epoch",
    );
    expect(modelTitle(mlp, { saved: { ...saved, params: 235_500 }, predicted, seconds: 125 })).toContain(
      "(±0) · (28, 28) → (10) · FLOPs −29,600 · about 2 min 5 s per epoch",
    );
    expect(modelTitle(mlp, { saved: undefined, predicted, seconds: undefined })).toBe("235,500 params · (28, 28) → (10)");
  });

  it("counts what is predicted instead", () => {
    expect(modelTitle(mlp, { saved, predicted: { open: 2, all: 3 }, seconds: 1 })).toBe(
      "? params · (28, 28) → (10) · 1 of 3 predicted",
    );
  });
});

describe("the time of an epoch", () => {
  const run = (seconds: number[], flops: number | null): StoredRun => ({
    file: runFile({ run: "r" }),
    history: {
      ...{ run: "r", model: "mlp", file: "mlp.model.ts", state: "finished", params: 1, engine: null, steps: 1, epochs: 1 },
      ...{ stepRecords: [], diagnoses: [], end: null },
      epochEvents: seconds.map((time, index) => ({
        ...{ event: "epoch", epoch: index + 1, loss: 1, valLoss: null, metrics: {}, learningRate: 1 },
        seconds: time,
      })),
      network: { ...mlp, totals: { ...mlp.totals, flops } },
    },
  });
  const wanted = { file: modelFile, model: "mlp", flops: 940_800 };

  it("is that of the newest run that was measured, in proportion to the FLOPs", () => {
    expect(predictSeconds([run([], 470_400), run([9, 2, 3], 470_400), run([50], 470_400)], wanted)).toBe(6);
  });

  it("is left out where nothing was measured", () => {
    expect(predictSeconds([run([2], null)], wanted)).toBeUndefined();
    expect(predictSeconds([run([2], 470_400)], { ...wanted, model: "other" })).toBeUndefined();
    expect(predictSeconds([run([2], 470_400)], { ...wanted, flops: null })).toBeUndefined();
  });
});

describe("a summary", () => {
  it("says which layer a line describes", () => {
    const lines = summaryLines(mlp);
    expect(lines.flatMap(({ layer: described }) => described?.name ?? [])).toEqual(["flatten", "dropout", "dense"]);
    expect(new Set(lines.slice(1, -4).map(({ text }) => text.length)).size).toBe(1);
  });
});

describe("what a language model is told", () => {
  it("is JSON with shapes, counts, plans and diagnostics", () => {
    const told = JSON.parse(describeAnalysis(analysis([mlp], [plan()]))) as Record<string, unknown>;
    expect(told).toMatchObject({
      models: [{ name: "mlp", layers: [{}, {}, { name: "dense", outputShape: [null, 300], params: 235_500, line: 3 }] }],
      plans: [{ model: "mlp", optimizer: "adam", batchSize: 32 }],
      diagnostics: [],
    });
    expect(told).not.toHaveProperty("hidden");
  });

  it("leaves out what the learner is still to predict, in a model within a model too, and says so", () => {
    const outer = model([layer({ line: 8, name: "mlp", type: "Sequential", params: 235_500, layers: mlp.layers })], {
      name: "outer",
      totals: mlp.totals,
    });
    const models = [mlp, outer];
    const told = describeAnalysis(analysis(models, [plan()]), {
      models: [...withoutHidden(models, ({ type }) => type === "Dense")],
      diagnostics: [],
    });
    expect(told).not.toMatch(/235|470|942/);
    expect(told).toMatch(/still to be predicted: do not tell them/);
  });
});
