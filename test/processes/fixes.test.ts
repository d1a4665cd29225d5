import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AnalysisCancelledError, type AnalyzerClient } from "../../src/client";
import { BUILD_TIMEOUT, startAnalyzer } from "./support/analyzer";
import { withFix } from "./support/edits";
import { ModelFolder } from "./support/modelFolder";

const IMPORTS = `import { arrays, csv, input, layers, model, optimizers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";
`;
const plan = (options: string): string => `export default train(network, { data: fashionMnist().standardize(), ${options} });\n`;
const CLASSIFIER = plan(`optimizer: "adam", loss: "sparseCategoricalCrossentropy"`);

interface Case {
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly fixed: string;
  readonly params?: number;
}

const CASES: readonly Case[] = [
  {
    code: "missing-flatten",
    title: "Insert layers.flatten()",
    text: `export const network = sequential({ inputShape: [28, 28] }, [\n\tlayers.dense(10, { activation: "softmax" }),\n]);\n${CLASSIFIER}`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [\n\tlayers.flatten(),\n\tlayers.dense(10, { activation: "softmax" }),\n]);\n${CLASSIFIER}`,
    params: 7_850,
  },
  {
    code: "missing-flatten",
    title: "Insert layers.globalAveragePooling2d()",
    text: `export const network = sequential({ inputShape: [8, 8, 3] });\nnetwork.add(layers.conv2d(4, 3));\nif (true) {\n  network.add(layers.dense(10));\n}\n`,
    fixed: `export const network = sequential({ inputShape: [8, 8, 3] });\nnetwork.add(layers.conv2d(4, 3));\nif (true) {\n  network.add(layers.globalAveragePooling2d());\n  network.add(layers.dense(10));\n}\n`,
    params: 112 + 50,
  },
  {
    code: "shape-mismatch",
    title: "Insert layers.reshape([28, 28, 1])",
    text: `const x = input({ shape: [28, 28] });\nexport const network = model({ inputs: x, outputs: layers.conv2d(4, 3)(x) });\n`,
    fixed: `const x = input({ shape: [28, 28] });\nexport const network = model({ inputs: x, outputs: layers.conv2d(4, 3)(layers.reshape([28, 28, 1])(x)) });\n`,
    params: 40,
  },
  {
    code: "superfluous-flatten",
    title: "Remove layers.flatten()",
    text: `export const network = sequential({ inputShape: [4] }, [\r\n  layers.flatten(), // one row\r\n  layers.dense(2),\r\n]);\r\n`,
    fixed: `export const network = sequential({ inputShape: [4] }, [\r\n  layers.dense(2),\r\n]);\r\n`,
    params: 10,
  },
  {
    code: "superfluous-flatten",
    title: "Remove layers.flatten()",
    text: `const x = input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: layers.dense(2)(layers.flatten()(x)) });\n`,
    fixed: `const x = input({ shape: [4] });\nexport const network = model({ inputs: x, outputs: layers.dense(2)(x) });\n`,
    params: 10,
  },
  {
    code: "missing-input-shape",
    title: "Set inputShape to [2], the data's",
    text: `export const network = sequential({ name: "n" }, [layers.dense(1)]);\nexport default train(network, { data: arrays({ x: [[1, 2]], y: [0.5] }), optimizer: "sgd", loss: "mse" });\n`,
    fixed: `export const network = sequential({ name: "n", inputShape: [2] }, [layers.dense(1)]);\nexport default train(network, { data: arrays({ x: [[1, 2]], y: [0.5] }), optimizer: "sgd", loss: "mse" });\n`,
    params: 3,
  },
  {
    code: "data-shape-mismatch",
    title: "Set the input shape to [28, 28] and insert layers.flatten()",
    text: `export const network = sequential({ inputShape: [784] }, [layers.dense(10, { activation: "softmax" })]);\n${CLASSIFIER}`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\n${CLASSIFIER}`,
    params: 7_850,
  },
  {
    code: "kernel-larger-than-input",
    title: `Set padding to "same"`,
    text: `export const network = sequential({ inputShape: [2, 2, 1] }, [\n  layers.conv2d(4, 3, {\n    strides: 1,\n  }),\n]);\n`,
    fixed: `export const network = sequential({ inputShape: [2, 2, 1] }, [\n  layers.conv2d(4, 3, {\n    strides: 1,\n    padding: "same",\n  }),\n]);\n`,
    params: 40,
  },
  {
    code: "recurrent-input-rank",
    title: "Let lstm return its whole sequence (returnSequences: true)",
    text: `export const network = sequential({ inputShape: [5, 3] }, [layers.lstm(4), layers.gru(2)]);\n`,
    fixed: `export const network = sequential({ inputShape: [5, 3] }, [layers.lstm(4, { returnSequences: true }), layers.gru(2)]);\n`,
  },
  {
    code: "merge-shape-mismatch",
    title: "Change units of b to 3",
    text: `const x = input({ shape: [4] });\nconst b = layers.dense(2, { name: "b" })(x);\nexport const network = model({ inputs: x, outputs: layers.add()([layers.dense(3, { name: "a" })(x), b]) });\n`,
    fixed: `const x = input({ shape: [4] });\nconst b = layers.dense(3, { name: "b" })(x);\nexport const network = model({ inputs: x, outputs: layers.add()([layers.dense(3, { name: "a" })(x), b]) });\n`,
    params: 30,
  },
  {
    code: "output-units-mismatch",
    title: "Change units to 10",
    text: `const classes = 3;\nexport const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(classes, { activation: "softmax" })]);\n${CLASSIFIER}`,
    fixed: `const classes = 3;\nexport const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\n${CLASSIFIER}`,
    params: 7_850,
  },
  {
    code: "loss-label-mismatch",
    title: `Change the loss to "sparseCategoricalCrossentropy"`,
    text: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10), layers.softmax()]);\nconst loss = "categoricalCrossentropy";\n${plan(`optimizer: "adam", loss`)}`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10), layers.softmax()]);\nconst loss = "categoricalCrossentropy";\n${plan(`optimizer: "adam", loss: "sparseCategoricalCrossentropy"`)}`,
    params: 7_850,
  },
  {
    code: "loss-activation-mismatch",
    title: `Change the output's activation to "softmax"`,
    text: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10), layers.activation("sigmoid")]);\n${CLASSIFIER}`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10), layers.activation("softmax")]);\n${CLASSIFIER}`,
    params: 7_850,
  },
  {
    code: "softmax-over-one-unit",
    title: `Change softmax to "sigmoid"`,
    text: `import { layers as l } from "layerwise";\nexport const network = sequential({ inputShape: [3] }, [l.dense(1), l.softmax()]);\n`,
    fixed: `import { layers as l } from "layerwise";\nexport const network = sequential({ inputShape: [3] }, [l.dense(1), l.activation("sigmoid")]);\n`,
    params: 4,
  },
  {
    code: "learning-rate-scale",
    title: "Change the learning rate to 0.001",
    text: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\nconst adam = optimizers.adam({ learningRate: 5 });\n${plan(`optimizer: adam, loss: "sparseCategoricalCrossentropy"`)}`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\nconst adam = optimizers.adam({ learningRate: 0.001 });\n${plan(`optimizer: adam, loss: "sparseCategoricalCrossentropy"`)}`,
  },
  {
    code: "unscaled-inputs",
    title: "Add .scale(1 / 255) to the data",
    text: `export const network = sequential({ inputShape: [28, 28] }, [layers.lstm(4), layers.dense(10, { activation: "softmax" })]);\nconst data = fashionMnist();\nexport default train(network, { data, optimizer: "adam", loss: "sparseCategoricalCrossentropy" });\n`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [layers.lstm(4), layers.dense(10, { activation: "softmax" })]);\nconst data = fashionMnist();\nexport default train(network, { data: data.scale(1 / 255), optimizer: "adam", loss: "sparseCategoricalCrossentropy" });\n`,
  },
  {
    code: "unknown-name",
    title: "Change glorot_uniform to glorotUniform",
    text: `export const network = sequential({ inputShape: [3] }, [layers.dense(1, { kernelInitializer: 'glorot_uniform' as any })]);\n`,
    fixed: `export const network = sequential({ inputShape: [3] }, [layers.dense(1, { kernelInitializer: 'glorotUniform' as any })]);\n`,
    params: 4,
  },
  {
    code: "unknown-name",
    title: "Change dence to dense",
    text: `export const network = sequential({ inputShape: [3] }, [(layers as any).dence(1)]);\n`,
    fixed: `export const network = sequential({ inputShape: [3] }, [(layers as any).dense(1)]);\n`,
    params: 4,
  },
];

describe("the fixes of a diagnostic", () => {
  let analyzer: AnalyzerClient;
  const folder = new ModelFolder();
  const fixesOf = (text: string, name = "fixed.model.ts") => analyzer.fixes(folder.write(name, IMPORTS + text));
  beforeAll(async () => {
    analyzer = await startAnalyzer();
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await analyzer.dispose();
    folder.remove();
  });

  test.each(CASES)("$code: $title", async ({ code, title, text, fixed, params }) => {
    const diagnostic = (await fixesOf(text)).find((candidate) => candidate.code === code);
    const fix = diagnostic?.fixes.find((candidate) => candidate.title === title);
    expect(fix, JSON.stringify(diagnostic)).toBeDefined();
    expect(withFix(IMPORTS + text, fix!)).toBe(IMPORTS + fixed);
    if (params !== undefined) expect(fix?.preview).toEqual({ params });
  });

  test("are not offered where they would bring another error", async () => {
    const [diagnostic] = await fixesOf(
      `export const network = sequential({ inputShape: [784] }, [layers.dense(10, { activation: "softmax" })]);\n${CLASSIFIER}`,
    );
    // With the data's shape alone, the dense layer would work along the rows.
    expect(diagnostic?.fixes.map(({ title }) => title)).toEqual(["Set the input shape to [28, 28] and insert layers.flatten()"]);
  });

  test("are not offered where the call that they would change makes other layers too", async () => {
    const [diagnostic] = await fixesOf(
      `const block = () => layers.flatten();\nexport const network = sequential({ inputShape: [4] }, [block(), layers.dense(2)]);\n`,
    );
    expect(diagnostic).toMatchObject({ code: "superfluous-flatten", fixes: [] });
  });

  test("can be asked for one diagnostic alone", async () => {
    const text = `export const network = sequential({ inputShape: [4] }, [layers.flatten(), layers.dense(2, { activation: "softmax" }), layers.dense(1)]);\n`;
    const file = folder.write("one.model.ts", IMPORTS + text);
    const { analysis } = await analyzer.analyze(file);
    expect(analysis.diagnostics.map(({ code, fixes }) => [code, fixes])).toEqual([
      ["superfluous-flatten", []],
      ["softmax-in-hidden-layer", []],
    ]);
    const found = await analyzer.fixes(file, {}, analysis.diagnostics[1]);
    expect(found.map(({ code, fixes }) => [code, fixes.length])).toEqual([["softmax-in-hidden-layer", 1]]);
  });

  test("all that are safe are applied together", async () => {
    const text = `export const network = sequential({ inputShape: [28, 28] }, [
  layers.flatten(),
  layers.flatten(),
  layers.dense(16),
  layers.batchNormalization(),
  layers.reLU(),
  layers.dense(8, { activation: "softmax" }),
]);
${plan(`optimizer: "adam", loss: "categoricalCrossentropy"`)}`;
    const file = folder.write("all.model.ts", IMPORTS + text);
    const fix = await analyzer.fixAll(file);
    const fixed = withFix(IMPORTS + text, fix!);
    expect(fixed.slice(IMPORTS.length)).toBe(`export const network = sequential({ inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(16, { useBias: false }),
  layers.batchNormalization(),
  layers.reLU(),
  layers.dense(10, { activation: "softmax" }),
]);
${CLASSIFIER}`);
    const { analysis } = await analyzer.analyze(file, { overlays: { [file]: fixed } });
    expect(analysis.diagnostics).toEqual([]);
    expect(await analyzer.fixAll(file, { overlays: { [file]: fixed } })).toBeNull();
  });

  test("are given up for a newer analysis of the file", async () => {
    const file = folder.write("cancelled.model.ts", IMPORTS + CASES[0]!.text);
    const fixes = analyzer.fixes(file);
    const analyzed = analyzer.analyze(file);
    await expect(fixes).rejects.toBeInstanceOf(AnalysisCancelledError);
    expect((await analyzed).analysis.diagnostics).toHaveLength(1);
  });
});

describe("a diagnostic", () => {
  let analyzer: AnalyzerClient;
  const folder = new ModelFolder();
  const WRONG = `${IMPORTS}export const network = sequential({ inputShape: [4] }, [
  layers.flatten(),
  layers.dense(8),
  layers.dense(2),
]);
`;
  beforeAll(async () => {
    analyzer = await startAnalyzer();
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await analyzer.dispose();
    folder.remove();
  });
  const codes = async (text: string, disabled?: readonly string[]): Promise<string[]> =>
    (await analyzer.analyze(folder.write("switched.model.ts", text), { disabled })).analysis.diagnostics.map(({ code }) => code);

  test("can be switched off by its code", async () => {
    expect(await codes(WRONG)).toEqual(["superfluous-flatten", "linear-stack"]);
    expect(await codes(WRONG, ["linear-stack"])).toEqual(["superfluous-flatten"]);
  });

  test("can be switched off for a line by a comment", async () => {
    const comment = "  // layerwise-disable-next-line superfluous-flatten, shape-mismatch\n";
    expect(await codes(WRONG.replace("  layers.flatten()", `${comment}  layers.flatten()`))).toEqual(["linear-stack"]);
    expect(await codes(WRONG.replace("  layers.dense(8)", `${comment}  layers.dense(8)`))).toHaveLength(2);
  });
});
