import { describe, expect, test } from "vitest";
import { AnalysisCancelledError } from "../../src/client";
import { provideAnalyzer } from "./support/analyzer";
import { withFix } from "./support/edits";

const IMPORTS = `import { arrays, csv, input, layers, losses, model, optimizers, sequential, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";
`;
const plan = (data: string, options: string): string => `export default train(network, { data: ${data}, ${options} });\n`;
const IMAGES = "fashionMnist().standardize()";
const CLASSIFIER = plan(IMAGES, `optimizer: "adam", loss: "sparseCategoricalCrossentropy"`);

const ON_FOUR = `export const network = sequential({ inputShape: [4] }, [layers.dense(3, { activation: "softmax" })]);\n`;
const THREE_CLASSES = "arrays({ x: [[1, 2, 3, 4], [2, 1, 0, 1]], y: [0, 2] })";
const TWO_KINDS = "arrays({ x: [[1, 2, 3, 4], [2, 1, 0, 1]], y: { a: [0, 2], b: [0, 1] } })";
const twoKinds = (data: string, loss: string): string =>
  `const x = input({ shape: [4] });
const kind = (name: string) => layers.dense(3, { activation: "softmax", name })(x);
export const network = model({ inputs: x, outputs: { a: kind("a"), b: kind("b") } });
${plan(data, `optimizer: "adam", loss: ${loss}, metrics: { a: ["categoricalAccuracy"] }`)}`;
const imagesBack = (helper: string): string =>
  `const conv = (filters: number) => ${helper};
export const network = sequential({ inputShape: [8, 8, 1] }, [conv(4), layers.reLU(), conv(4), layers.reLU(), conv(1)]);
const images = { values: new Float32Array(64), shape: [1, 8, 8, 1] };
${plan("arrays({ x: images, y: images })", `optimizer: "adam", loss: "mse"`)}`;
const aroundTwo = (helper: string): string =>
  `const x = input({ shape: [8, 8, 1] });
const conv = () => ${helper};
export const network = model({ inputs: x, outputs: layers.add()([layers.conv2d(4, 1)(x), conv()(conv()(x))]) });
`;

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
    code: "invalid-argument",
    title: "Write filters and kernel_size first, without their names",
    text: `const filters = 4;\nexport const network = sequential({ inputShape: [8, 8, 3] }, [\n  layers.conv2d({\n    activation: "relu", // f\n    kernel_size: 2 + 1,\n    padding: "same",\n    filters,\n  }),\n]);\n`,
    fixed: `const filters = 4;\nexport const network = sequential({ inputShape: [8, 8, 3] }, [\n  layers.conv2d(filters, 2 + 1, {\n    activation: "relu", // f\n    padding: "same",\n  }),\n]);\n`,
    params: 112,
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
    text: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10), layers.softmax()]);\nconst loss = "categoricalCrossentropy";\n${plan(IMAGES, `optimizer: "adam", loss`)}`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10), layers.softmax()]);\nconst loss = "categoricalCrossentropy";\n${plan(IMAGES, `optimizer: "adam", loss: "sparseCategoricalCrossentropy"`)}`,
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
    text: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\nconst adam = optimizers.adam({ learningRate: 5 });\n${plan(IMAGES, `optimizer: adam, loss: "sparseCategoricalCrossentropy"`)}`,
    fixed: `export const network = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\nconst adam = optimizers.adam({ learningRate: 0.001 });\n${plan(IMAGES, `optimizer: adam, loss: "sparseCategoricalCrossentropy"`)}`,
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
  ...[`"sparseCategoricalCrossentropy"`, "losses.sparseCategoricalCrossentropy()"].map((loss) => ({
    code: "metric-label-mismatch",
    title: `Add .oneHot(3) to the data and change the loss to "categoricalCrossentropy"`,
    text: `${ON_FOUR}${plan(THREE_CLASSES, `optimizer: "adam", loss: ${loss}, metrics: ["categoricalAccuracy"]`)}`,
    fixed: `${ON_FOUR}${plan(`${THREE_CLASSES}.oneHot(3)`, `optimizer: "adam", loss: "categoricalCrossentropy", metrics: ["categoricalAccuracy"]`)}`,
  })),
  ...[
    [`"sparseCategoricalCrossentropy"`, `"categoricalCrossentropy"`],
    ["losses.sparseCategoricalCrossentropy()", `"categoricalCrossentropy"`],
    [
      `{ a: "sparseCategoricalCrossentropy", b: losses.sparseCategoricalCrossentropy() }`,
      `{ a: "categoricalCrossentropy", b: "categoricalCrossentropy" }`,
    ],
  ].map(([loss = "", changed = ""]) => ({
    code: "metric-label-mismatch",
    title: `Add .oneHot(3) to the data and change the loss to "categoricalCrossentropy"`,
    text: twoKinds(TWO_KINDS, loss),
    fixed: twoKinds(`${TWO_KINDS}.oneHot(3)`, changed),
  })),
  {
    code: "label-shape-mismatch",
    title: `Set padding to "same"`,
    text: imagesBack("layers.conv2d(filters, 3)"),
    fixed: imagesBack(`layers.conv2d(filters, 3, { padding: "same" })`),
  },
  {
    code: "merge-shape-mismatch",
    title: `Set padding of conv2d_2 and conv2d_1 to "same"`,
    text: aroundTwo("layers.conv2d(4, 3)"),
    fixed: aroundTwo(`layers.conv2d(4, 3, { padding: "same" })`),
  },
];

describe("the fixes of a diagnostic", () => {
  const { analyzer, folder } = provideAnalyzer();
  const fixesOf = (text: string, name = "fixed.model.ts") => analyzer.fixes(folder.write(name, IMPORTS + text));
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

  test("do not speak of the labels' shape where a flatten is missing in a model that is part of another too", async () => {
    const found = await fixesOf(
      `export const rows = sequential({ inputShape: [2, 2] }, [layers.dense(3, { activation: "softmax" })]);
const x = input({ shape: [2, 2] });
export const whole = model({ inputs: x, outputs: layers.dense(1)(layers.flatten()(rows(x))) });
${plan("arrays({ x: [[[1, 2], [3, 4]]], y: [2] })", `optimizer: "adam", loss: "sparseCategoricalCrossentropy"`)}`.replace(
        "train(network",
        "train(rows",
      ),
    );
    const codes = found.map(({ code }) => code);
    expect(codes).toContain("missing-flatten");
    expect(codes).not.toContain("label-shape-mismatch");
  });

  const LOSS = `optimizer: "adam", loss: "sparseCategoricalCrossentropy"`;
  const WORDS = `export const network = sequential({ inputShape: [1] }, [layers.embedding(600, 4), layers.flatten(), layers.dense(2, { activation: "softmax" })]);\n`;
  test.each([
    [
      "11,000 samples, and one far back is greater",
      `Array.from({ length: 11_000 }, (_, index) => [index === 10_500 ? 5000 : index % 700])`,
      "the data's inputs go from 0 to 5000. Set inputDim to 5001, one more than the greatest number.",
      ["Set inputDim to 5001"],
    ],
    [
      "numbers of another kind, with what is no number",
      `Array.from({ length: 11_000 }, (_, index) => [index === 3 ? (null as any) : index === 4 ? NaN : BigInt(index % 700)])`,
      "the data's inputs go from 0 to 699. Set inputDim to 700, one more than the greatest number.",
      ["Set inputDim to 700"],
    ],
    [
      "more than can be looked through",
      `{ values: new Int32Array(50_000_000).fill(699, 10, 20), shape: [50_000_000, 1] }`,
      "the data's inputs go at least from 0 to 699. Set inputDim to one more than the greatest number, at least to 700.",
      [],
    ],
  ])("of an embedding: %s", async (_case, x, message, titles) => {
    const text = `${WORDS}const x: any = ${x};\nexport default train(network, { data: arrays({ x, y: x.shape ? new Uint8Array(x.shape[0]) : x.map(() => 0) }), ${LOSS} });\n`;
    const [diagnostic] = (await fixesOf(text)).filter(({ code }) => code === "embedding-index-range");
    expect(diagnostic?.message).toContain(message);
    expect(diagnostic?.fixes.map(({ title }) => title)).toEqual(titles);
  });

  test.each([
    ["[[1], [2]]", "the data's numbers for the input right go from 0 to 8.", "Set inputDim to 9"],
    ["[[1], [7]]", "the data's numbers for the inputs left and right go from 0 to 8.", "Set inputDim to 9"],
  ])("of an embedding that two inputs share: %s", async (left, message, title) => {
    const text = `const left = input({ shape: [1], name: "left" });
const right = input({ shape: [1], name: "right" });
const words = layers.embedding(5, 4);
const both = layers.flatten()(layers.concatenate()([words(left), words(right)]));
const network = model({ inputs: { left, right }, outputs: layers.dense(2, { activation: "softmax" })(both) });
export default train(network, { data: arrays({ x: { left: ${left}, right: [[0], [8]] }, y: [0, 1] }), ${LOSS} });\n`;
    const found = (await fixesOf(text)).filter(({ code }) => code === "embedding-index-range");
    expect(found).toMatchObject([{ fixes: [{ title }] }]);
    expect(found[0]?.message).toContain(message);
  });

  test.each([
    ["sigmoid", "11_000", "output-units-mismatch", "class numbers up to 6, which makes 7 classes", ["Change units to 7"]],
    ["softmax", "2_500_000", "output-units-mismatch", "class numbers up to at least 6, which makes at least 7 classes", []],
  ])("of units for labels: %s, %s samples", async (activation, samples, code, message, titles) => {
    const text = `export const network = sequential({ inputShape: [1] }, [layers.dense(3, { activation: "${activation}" })]);
const y = new Uint8Array(${samples}).fill(6, 10_500, 10_501);
export default train(network, { data: arrays({ x: new Float32Array(${samples}), y }), ${LOSS} });\n`;
    const found = (await fixesOf(text)).find((candidate) => candidate.code === code);
    expect(found?.message).toContain(message);
    expect(found?.fixes.map(({ title }) => title)).toEqual(titles);
  });

  test.each([
    ["11_000", "The labels go from 0 to 6; the output dense applies sigmoid"],
    ["2_500_000", "The labels go at least from 0 to 6; the output dense applies sigmoid"],
  ])("of an output for %s numbers", async (samples, message) => {
    const text = `export const network = sequential({ inputShape: [1] }, [layers.dense(1, { activation: "sigmoid" })]);
const y = new Float32Array(${samples}).fill(6, 10_500, 10_501).fill(0.5, 1, 9);
export default train(network, { data: arrays({ x: new Float32Array(${samples}), y }), optimizer: "adam", loss: "mse" });\n`;
    const found = (await fixesOf(text)).find(({ code }) => code === "label-range-mismatch");
    expect(found?.message).toContain(message);
    expect(found?.fixes.map(({ title }) => title)).toEqual(["Leave out the output's activation"]);
  });

  test.each([
    ["11_000", "The inputs go up to 400, and lstm"],
    ["2_500_000", "The inputs go up to at least 400, and lstm"],
  ])("of %s inputs that are not scaled", async (samples, message) => {
    const text = `export const network = sequential({ inputShape: [1, 1] }, [layers.lstm(4), layers.dense(1)]);
const x = { values: new Float32Array(${samples}).fill(-400, 10_500, 10_501), shape: [${samples}, 1, 1] };
export default train(network, { data: arrays({ x, y: new Float32Array(${samples}) }), optimizer: "adam", loss: "mse" });\n`;
    const found = (await fixesOf(text)).find(({ code }) => code === "unscaled-inputs");
    expect(found?.message).toContain(message);
    expect(found?.fixes.map(({ title }) => title)).toContain("Add .standardize() to the data");
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
${plan(IMAGES, `optimizer: "adam", loss: "categoricalCrossentropy"`)}`;
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
  const { analyzer, folder } = provideAnalyzer();
  const WRONG = `${IMPORTS}export const network = sequential({ inputShape: [4] }, [
  layers.flatten(),
  layers.dense(8),
  layers.dense(2),
]);
`;
  const codes = async (text: string, disabled?: readonly string[]): Promise<string[]> =>
    (await analyzer.analyze(folder.write("switched.model.ts", text), { disabled })).analysis.diagnostics.map(({ code }) => code);

  test("is not put at a later name that is spelt as what a call has from a variable", async () => {
    const text = `const options: any = { units: 3, activaton: "relu" };
export const network = sequential({ inputShape: [4] }, [layers.dense(3, options)]);
export const activaton = "relu";
`;
    const found = await analyzer.fixes(folder.write("later.model.ts", IMPORTS + text));
    const misspelt = found.filter(({ message }) => message.includes("activaton"));
    expect(misspelt.map(({ line, fixes }) => [line, fixes])).toEqual([[4, []]]);
  });

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
