import { describe, expect, test } from "vitest";
import { layerCalled, onlyModel, provideAnalyzer } from "./support/analyzer";
import { withFix } from "./support/edits";

const IMPORTS = `import { arrays, callbacks, fashionMnist, iris, layer, Layer, layers, losses, metrics, model, optimizers, sequential, tf, train } from "layerwise";\n`;
const CLASSIFIER = `export const net = sequential({ inputShape: [4] }, [layers.dense(3, { activation: "softmax" })]);\n`;
const plan = (options: string): string =>
  `${CLASSIFIER}export default train(net, { data: iris().standardize(), optimizer: "adam", loss: "sparseCategoricalCrossentropy", ${options} });\n`;
const REGRESSION = `export const net = sequential({ inputShape: [2] }, [layers.dense(1)]);\n`;

describe("while a file is being written", () => {
  const { analyzer, folder } = provideAnalyzer();

  const analyze = (text: string) => analyzer.analyze(folder.write("typed.model.ts", IMPORTS + text));
  const codes = async (text: string): Promise<string[]> => (await analyze(text)).analysis.diagnostics.map(({ code }) => code);

  test.each([
    ["an activation", "const block = (a: any) => layers.dense(8, a);", "layers.dense(8, { activation: a })"],
    ["a learning rate", "const block = (rate: any) => optimizers.adam(rate);", "optimizers.adam({ learningRate: rate })"],
  ])("a fix in a helper keeps what its callers give: %s", async (_what, helper, expected) => {
    const calls = helper.includes("adam")
      ? `${plan("")}train(net, { data: iris(), optimizer: block(0.01), loss: "sparseCategoricalCrossentropy" });\n`
      : `export const net = sequential({ inputShape: [4] }, [block("relu"), block("tanh"), layers.dense(1)]);\n`;
    const text = `${IMPORTS}${helper}\n${calls}`;
    const file = folder.write("typed.model.ts", text);
    const diagnostics = await analyzer.fixes(file);
    const fixes = diagnostics.flatMap((diagnostic) => diagnostic.fixes);
    expect(fixes.map((fix) => withFix(text, fix))).toContainEqual(expect.stringContaining(expected));
    const all = await analyzer.fixAll(file);
    expect(all === null ? text : withFix(text, all)).not.toMatch(/activation: "(relu|tanh)"|learningRate: 0/);
  });

  test.each([
    ["the namespace of callbacks", plan("callbacks")],
    ["the namespace of metrics", plan("metrics")],
    ["one callback", plan("callbacks: callbacks.terminateOnNaN()")],
    ["null for callbacks", plan("callbacks: null")],
    ["null for metrics", plan("metrics: null")],
    ["a metric without a list", plan(`metrics: { dense: "accuracy" }`)],
    [
      "null for labels",
      `${REGRESSION}export default train(net, { data: arrays({ x: [[1, 2]], y: null }), optimizer: "adam", loss: "mse" });`,
    ],
  ])("an option that cannot be is an error, and nothing else: %s", async (_what, text) => {
    const { analysis } = await analyze(text.replace("train(net, {", "train(net, <any>{"));
    expect(analysis.diagnostics.filter(({ severity }) => severity !== "info").map(({ code }) => code)).toEqual([
      "invalid-argument",
    ]);
    expect(onlyModel({ analysis } as never).totals.params).toBeGreaterThan(0);
  });

  test("a metric of one's own may be called accuracy", async () => {
    expect(
      await codes(`const accuracy = (t: any, p: any) => tf.mean(tf.cast(tf.less(tf.abs(tf.sub(t, p)), 1), "float32"), -1);
${REGRESSION}export default train(net, { data: arrays({ x: [[1, 2], [3, 4]], y: [1.5, 2.5] }), optimizer: "adam", loss: "mse", metrics: [accuracy] });`),
    ).toEqual([]);
  });

  test("a layer may take gradients", async () => {
    const analyzed = await analyze(`class Slope extends Layer {
  call(x: any) { return tf.grad((t: any) => tf.sum(tf.square(t)))(x); }
}
export const net = sequential({ inputShape: [3] }, [layer(Slope)(), layers.dense(1)]);`);
    expect(analyzed.analysis.diagnostics).toEqual([]);
    expect(layerCalled(onlyModel(analyzed), "slope").outputShape).toEqual([null, 3]);
  });

  test("TypeScript that does not compile is not taken for Python", async () => {
    const { analysis } = await analyze(
      `const net = layers.lambda((x: tf.Tensor) => x, { name: "a" };\nclass A {\n  #rate = (1;\n}\n`,
    );
    expect(analysis.diagnostics[0]).toMatchObject({
      code: "syntax-error",
      message: expect.not.stringContaining("Python") as string,
    });
  });

  test("a data set that is not called is told so at its method", async () => {
    const { analysis } = await analyze(`${CLASSIFIER}const data = (fashionMnist as any).split({ validation: 100 });`);
    expect(analysis.diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining("a data set is what its function returns: fashionMnist().split(…)"),
    ]);
  });

  test("softmax of numbers minds its axis", async () => {
    const { analysis } = await analyze(`const [first] = tf.softmax([[1, 2], [1, 5]], 0).arraySync() as number[][];
if (first?.[0] !== 0.5) throw new Error("received " + first);
${CLASSIFIER}`);
    expect(analysis.diagnostics).toEqual([]);
  });
});
