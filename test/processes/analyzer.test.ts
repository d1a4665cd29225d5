import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AnalysisCancelledError, AnalyzerClient } from "../../src/client";
import { ANALYZER, layerCalled, onlyModel, provideAnalyzer } from "./support/analyzer";
import { ModelFolder, positionOf } from "./support/modelFolder";
import { descendants, isEvaluator, untilEnded, waitFor } from "./support/processes";

const MLP = `import { sequential, layers, optimizers, train } from "layerwise";
import { fashionMnist } from "layerwise/datasets";

export const mlp = sequential({ name: "mlp", inputShape: [28, 28] }, [
  layers.flatten(),
  layers.dense(300, { kernelInitializer: "heNormal" }),
  layers.leakyReLU(), layers.dense(100),
  layers.dense(10, {
    activation: "softmax",
  }),
]);

export default train(mlp, { data: fashionMnist(), optimizer: optimizers.sgd(), loss: "sparseCategoricalCrossentropy" });
`;

/** Longer than any test. */
const NEVER = 600_000;
const ENDLESS = "while (true);";

describe("the analyzer", () => {
  const { analyzer, folder } = provideAnalyzer();
  const analyze = (text: string, overlays: Record<string, string> = {}) =>
    analyzer.analyze(folder.write("a.model.ts", text), { overlays });

  test("reports a sequential model's numbers, totals and export", async () => {
    const analyzed = await analyze(MLP);
    const model = onlyModel(analyzed);
    expect(analyzed).toMatchObject({ complete: true, sources: [join(folder.path, "a.model.ts")] });
    expect(model).toMatchObject({
      name: "mlp",
      export: "mlp",
      kind: "sequential",
      inputShape: [null, 28, 28],
      outputShape: [null, 10],
    });
    expect(model.totals).toEqual({ params: 266_610, trainable: 266_610, nonTrainable: 0, bytes: 1_066_440, flops: 2 * 266_200 });
    expect(model.layers.map(({ name, type, params }) => [name, type, params])).toEqual([
      ["flatten", "Flatten", 0],
      ["dense", "Dense", 235_500],
      ["leaky_re_lu", "LeakyReLU", 0],
      ["dense_1", "Dense", 30_100],
      ["dense_2", "Dense", 1_010],
    ]);
    expect(layerCalled(model, "dense")).toMatchObject({
      inputShape: [null, 784],
      outputShape: [null, 300],
      derivation: "784·300 + 300 = 235,500",
      flops: 470_400,
      inbound: ["flatten"],
      bytes: 4 * 235_500,
      weights: [
        { name: "kernel", shape: [784, 300], trainable: true },
        { name: "bias", shape: [300], trainable: true },
      ],
    });
    expect(analyzed.analysis.plans).toMatchObject([{ export: "default", model: "mlp", ...positionOf(MLP, "train(mlp") }]);
  });

  test("says which of two models with one name a plan trains", async () => {
    const { analysis } = await analyze(`import { arrays, layers, sequential, train } from "layerwise";
const make = (units: number) => sequential({ name: "net", inputShape: [4] }, [layers.dense(units)]);
export const [narrow, wide] = [make(3), make(5)];
export default train(wide, { data: arrays({ x: [[1, 2, 3, 4]], y: [0] }), optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
`);
    expect(analysis.models.map(({ name, outputShape }) => [name, outputShape])).toEqual([
      ["net", [null, 3]],
      ["net", [null, 5]],
    ]);
    expect(analysis.plans).toMatchObject([{ model: "net", modelIndex: 1 }]);
  });

  test("says what each layer teaches about itself, once for all that teach the same", async () => {
    const text = `import { Layer, layers, sequential, train, arrays } from "layerwise";
class Own extends Layer {
  call(x) { return x; }
  get documentation() { throw new Error("boom"); }
}
export const net = sequential({ inputShape: [4] }, [layers.dense(3), layers.dense(2), new Own(), layers.dropout(0.5)]);
const data = arrays({ x: [[1, 2, 3, 4]], y: [0] });
export default train(net, { data, optimizer: "adam", loss: "sparseCategoricalCrossentropy", batchSize: 8 });
`;
    const { analysis } = await analyze(text);
    expect(analysis.models[0]?.layers.map(({ documentation }) => documentation)).toEqual([0, 0, null, 1]);
    expect(analysis.documentation.map(({ formula }) => formula)[0]).toBe("y = f(x W + b)");
    expect(analysis.plans).toMatchObject([{ optimizer: { name: "adam", slots: ["momentum", "velocity"] }, batchSize: 8 }]);
  });

  test("places layers at their calls, and their ends behind them", async () => {
    const text = MLP.replace("layers.leakyReLU(),", `/* 😀 */ layers\n    .leakyReLU(),`);
    const model = onlyModel(await analyze(text));
    expect(model).toMatchObject(positionOf(text, "sequential({"));
    expect(layerCalled(model, "dense")).toMatchObject({ line: 6, column: 3, endLine: 6, endColumn: 55 });
    expect(layerCalled(model, "leaky_re_lu")).toMatchObject({ ...positionOf(text, "layers\n"), endLine: 8, endColumn: 17 });
    expect(layerCalled(model, "dense_1")).toMatchObject(positionOf(text, "layers.dense(100)"));
    expect(layerCalled(model, "dense_2")).toMatchObject({ ...positionOf(text, "layers.dense(10,"), endLine: 11, endColumn: 5 });
  });

  test("counts the layers that come from one call in a loop, and in a function", async () => {
    const text = `import { sequential, layers } from "layerwise";
const block = (units: number) => layers.dense(units, { activation: "selu" });
export const deep = sequential({ inputShape: [100] });
for (let i = 0; i < 60; i++) deep.add(block(100));
deep.add(layers.dense(10));
`;
    const model = onlyModel(await analyze(text));
    expect(model.layers).toHaveLength(61);
    expect(model.totals.params).toBe(60 * 10_100 + 1_010);
    expect(layerCalled(model, "dense_59")).toMatchObject({ ...positionOf(text, "layers.dense(units"), times: 60 });
    expect(layerCalled(model, "dense_60")).toMatchObject({ ...positionOf(text, "layers.dense(10)"), times: 1 });
  });

  test("finds own layers where they are made, by `new` or by a factory", async () => {
    const text = `import { Layer, layer, layers, sequential, tf } from "layerwise";
class RBF extends Layer {
  static made = 0;
  centers: any;
  inner = layers.dense(4);
  constructor(readonly units: number) {
    super();
    RBF.made++;
  }
  build(inputShape: any) {
    this.centers = this.addWeight("centers", [inputShape[1], this.units]);
  }
  call(x: any) {
    return tf.matMul(this.inner(x), this.centers);
  }
}
const rbf = layer(RBF);
export const own = sequential({ inputShape: [4] }, [new RBF(4), rbf(3)]);
`;
    const model = onlyModel(await analyze(text));
    expect(layerCalled(model, "rbf")).toMatchObject({ type: "RBF", outputShape: [null, 4], ...positionOf(text, "new RBF(4)") });
    expect(layerCalled(model, "rbf_1")).toMatchObject({ type: "RBF", outputShape: [null, 3], ...positionOf(text, "rbf(3)") });
    expect(layerCalled(model, "rbf_1").weights.map(({ name, shape }) => [name, shape])).toContainEqual(["centers", [4, 3]]);
  });

  test("lists a functional model's inputs, its branches and nested models", async () => {
    const text = `import { input, layers, model, sequential } from "layerwise";
const encoder = sequential({ name: "encoder", inputShape: [8] }, [layers.dense(4)]);
const a = input({ shape: [8], name: "a" });
const b = input({ shape: [8], name: "b" });
const sum = layers.add()([encoder(a), encoder(b)]);
export const two = model({ inputs: [a, b], outputs: layers.dense(1)(sum), name: "two" });
`;
    const { analysis } = await analyze(text);
    const model = analysis.models.find(({ name }) => name === "two")!;
    expect(model).toMatchObject({
      kind: "functional",
      export: "two",
      inputShape: [
        [null, 8],
        [null, 8],
      ],
      outputShape: [null, 1],
    });
    expect(layerCalled(model, "a")).toMatchObject({
      type: "InputLayer",
      params: 0,
      inbound: [],
      ...positionOf(text, `input({ shape: [8], name: "a"`),
    });
    expect(layerCalled(model, "encoder")).toMatchObject({
      type: "Sequential",
      params: 36,
      flops: 2 * 64,
      layers: [{ name: "dense", params: 36 }],
    });
    expect(layerCalled(model, "add").inbound).toEqual(["encoder"]);
    // A call's result that is called at once belongs to the range: a hint stands behind it.
    const { column } = positionOf(text, "layers.dense(1)");
    expect(layerCalled(model, "dense_1")).toMatchObject({ line: 6, column, endColumn: column + "layers.dense(1)(sum)".length });
    expect(model.totals.params).toBe(36 + 5);
  });

  test("says which argument of which layer refuses its input, and keeps the others' numbers", async () => {
    const text = `import { sequential, layers } from "layerwise";
export const cnn = sequential({ inputShape: [4, 4, 1] }, [
  layers.conv2d(2, 3),
  layers.conv2d(2, 3),
  layers.dense(1),
]);
`;
    const { analysis, complete } = await analyze(text);
    expect(complete).toBe(true);
    expect(analysis.diagnostics).toMatchObject([{ severity: "error", line: 4, column: 20, endLine: 4, endColumn: 21 }]);
    expect(analysis.models[0]?.layers.map(({ params }) => params)).toEqual([20, null, null]);
    expect(analysis.models[0]?.totals).toMatchObject({ params: null, trainable: null, bytes: null, flops: null });
  });

  test("keeps the other layers while a call is being written", async () => {
    const text = `import { sequential, layers } from "layerwise";
export const m = sequential({ inputShape: [4] }, [
  layers.dense(3),
  layers.dense(),
  layers.dense(2),
]);
`;
    const { analysis } = await analyze(text);
    expect(analysis.diagnostics).toMatchObject([{ code: "invalid-argument", ...positionOf(text, "layers.dense()") }]);
    expect(analysis.models[0]?.layers).toMatchObject([
      { name: "dense", params: 15 },
      { name: "dense_1", type: "Dense", params: null, outputShape: null, ...positionOf(text, "layers.dense()") },
      { name: "dense_2", params: null },
    ]);
  });

  test("warns of a sequential model without an input shape", async () => {
    const text = `import { sequential, layers } from "layerwise";\nexport const m = sequential({}, [layers.dense(3)]);\n`;
    const { analysis } = await analyze(text);
    expect(analysis.diagnostics).toMatchObject([
      { severity: "warning", code: "missing-input-shape", ...positionOf(text, "sequential({}") },
    ]);
    expect(analysis.models[0]?.layers).toMatchObject([{ outputShape: null, params: null, derivation: null }]);
  });

  test("names a failing operation of an own layer at its line", async () => {
    const text = `import { Layer, sequential, tf } from "layerwise";
class Odd extends Layer {
  call(x: any) {
    return tf.matMul(x, tf.zeros([3, 3]));
  }
}
export const m = sequential({ inputShape: [4] }, [new Odd()]);
`;
    const { analysis } = await analyze(text);
    expect(analysis.diagnostics).toMatchObject([{ code: "layer-call-failed", ...positionOf(text, "tf.matMul") }]);
  });

  test("prefers unsaved text, of the model and of what it imports", async () => {
    const helper = folder.write("helper.ts", `export const units = 3;\n`);
    const text = `import { sequential, layers } from "layerwise";\nimport { units } from "./helper";\nexport const m = sequential({ inputShape: [2] }, [layers.dense(units)]);\n`;
    const model = folder.write("a.model.ts", "on disk this is no model");
    const first = await analyzer.analyze(model, { overlays: { [model]: text } });
    expect(onlyModel(first).totals.params).toBe(9);
    expect(first.sources).toEqual([model, helper]);
    const second = await analyzer.analyze(model, { overlays: { [model]: text, [helper]: "export const units = 5;\n" } });
    expect(onlyModel(second).totals.params).toBe(15);
    const unsaved = join(folder.path, "unsaved.ts");
    const third = await analyzer.analyze(model, {
      overlays: { [model]: text.replace("./helper", "./unsaved"), [unsaved]: "export const units = 7;\n" },
    });
    expect(onlyModel(third).totals.params).toBe(21);
    writeFileSync(helper, "export const units = 11;\n");
    expect(onlyModel(await analyzer.analyze(model, { overlays: { [model]: text } })).totals.params).toBe(33);
  });

  test("names begin anew with each analysis, and nothing of one file reaches another", async () => {
    await analyze(
      `import { sequential, layers } from "layerwise";\n(Array.prototype as any).map = undefined;\nsequential({ inputShape: [2] }, [layers.dense(2)]);`,
    );
    const model = onlyModel(await analyze(MLP));
    expect(model.layers[1]?.name).toBe("dense");
  });

  test("bundles packages that are installed, and places layers at the model's own lines", async () => {
    folder.write("node_modules/blocks/package.json", `{ "name": "blocks", "main": "index.js" }`);
    folder.write(
      "node_modules/blocks/index.js",
      `const { layers } = require("layerwise");\nexports.block = (units) => layers.dense(units);\n`,
    );
    const text = `import { sequential } from "layerwise";\nimport { block } from "blocks";\nexport const m = sequential({ inputShape: [2] }, [block(3)]);\n`;
    const analyzed = await analyze(text);
    expect(onlyModel(analyzed).layers[0]).toMatchObject({ params: 9, ...positionOf(text, "block(3)") });
    expect(analyzed.sources).toEqual([join(folder.path, "a.model.ts")]);
  });

  test("places layers at the model's own line through a package's helpers and callbacks", async () => {
    folder.write("node_modules/zoo/package.json", `{ "name": "zoo", "type": "module", "exports": "./index.js" }`);
    folder.write(
      "node_modules/zoo/index.js",
      `import { layers } from "layerwise";
const dense = (x, units) => layers.dense(units)(x);
const block = (x, units) => layers.add()([x, dense(layers.reLU()(dense(x, units)), units)]);
const stage = (x, units, depth) => Array.from({ length: depth }).reduce((y) => block(y, units), x);
export const tower = (x, stages) => stages.reduce((y, [units, depth]) => stage(y, units, depth), x);
`,
    );
    const text = `import { input, model } from "layerwise";
import { tower } from "zoo";
const x = input({ shape: [4] });
export const m = model({ inputs: x, outputs: tower(x, [[4, 1], [4, 2]]) });
`;
    const [, ...made] = onlyModel(await analyze(text)).layers;
    const place = { ...positionOf(text, "tower(x, [["), times: 12 };
    expect(made).toEqual(Array.from({ length: 12 }, () => expect.objectContaining(place) as unknown));
  });

  test.each([
    ["allows no stack", "Error.stackTraceLimit = 0;"],
    ["freezes Error", "Object.freeze(Error);"],
    ["formats stacks", `Error.prepareStackTrace = () => "nothing";`],
    [
      "replaces what stacks are taken with",
      "Error.captureStackTrace = () => undefined; Object.create = () => null; Reflect.set = () => false;",
    ],
    ["joins lists in its own way", `Array.prototype.join = () => "same";`],
    ["has an own layer with an origin", "class Own extends Layer { origin = null; call(x: any) { return x; } }\nnew Own();"],
  ])("places layers where a file %s", async (_does, before) => {
    const text = `import { layers, Layer, sequential } from "layerwise";
${before}
class Scaled extends Layer { call(x: any) { return x; } }
const Wrapped = new Proxy(Scaled, {});
export const m = sequential({ inputShape: [4] }, [layers.dense(3), new Scaled(), new Wrapped()]);
`;
    expect(onlyModel(await analyze(text)).layers).toMatchObject(
      ["layers.dense(3)", "new Scaled()", "new Wrapped()"].map((call) => ({ ...positionOf(text, call), times: 1 })),
    );
  });

  test("takes layers whose place cannot be known for different ones", async () => {
    const analyzed = await analyze(`import { Layer, sequential, tf } from "layerwise";
class Base extends Layer { call(x: any): any { return x; } }
class Good extends Base {}
class Bad extends Base { override call(x: any): any { return tf.matMul(x, tf.zeros([7, 7])); } }
const make = (Class: any) => Reflect.construct(Base, [], Class) as Layer;
make(Good);
export const m = sequential({ inputShape: [4] }, [make(Good), make(Bad)]);
`);
    expect(onlyModel(analyzed).layers).toMatchObject([{ line: null }, { line: null }]);
    expect(analyzed.analysis.diagnostics.map(({ code }) => code).sort()).toEqual(["layer-call-failed", "unused-layer"]);
  });

  test("cancels on demand, and goes on at once", async () => {
    const abort = new AbortController();
    const endless = analyzer.analyze(folder.write("endless.model.ts", ENDLESS), { signal: abort.signal, timeLimit: NEVER });
    const next = analyze(MLP);
    abort.abort();
    await expect(endless).rejects.toBeInstanceOf(AnalysisCancelledError);
    expect(onlyModel(await next).totals.params).toBe(266_610);
  });

  test("drops an older request for the same file", async () => {
    const older = analyzer.analyze(folder.write("a.model.ts", ENDLESS), { timeLimit: NEVER });
    const newer = analyze(MLP);
    await expect(older).rejects.toBeInstanceOf(AnalysisCancelledError);
    expect(onlyModel(await newer).totals.params).toBe(266_610);
  });

  test("an analyzer that dies rejects what is pending and leaves nothing behind, and the next request starts another", async () => {
    // The limit ends the orphaned evaluation: an endless loop cannot notice that its owner is gone.
    const endless = analyzer.analyze(folder.write("endless.model.ts", ENDLESS), { timeLimit: 2_000 });
    const pid = analyzer.pid!;
    await waitFor(() => descendants(pid).find(isEvaluator));
    const family = [pid, ...descendants(pid)];
    process.kill(pid, "SIGKILL");
    await expect(endless).rejects.toThrow("killed by SIGKILL");
    expect(onlyModel(await analyze(MLP)).totals.params).toBe(266_610);
    expect(analyzer.pid).not.toBe(pid);
    await untilEnded(family);
  });
});

describe("when its owner lets go", () => {
  test("the analyzer ends, with all that it started, even in the middle of an endless evaluation", async () => {
    const folder = new ModelFolder();
    const child = fork(ANALYZER, [], { execArgv: [], stdio: "ignore" });
    const exit = new Promise((resolve) => child.on("exit", resolve));
    child.send({ type: "analyze", id: 1, file: folder.write("endless.model.ts", ENDLESS), overlays: {}, timeLimit: NEVER });
    const evaluator = await waitFor(() => descendants(child.pid!).find(isEvaluator));
    const family = [child.pid!, evaluator, ...descendants(child.pid!)];
    child.disconnect();
    await exit;
    await untilEnded(family);
    folder.remove();
  });

  test("dispose resolves when the process has ended", async () => {
    const folder = new ModelFolder();
    const analyzer = new AnalyzerClient({ script: ANALYZER });
    await analyzer.analyze(folder.write("a.model.ts", MLP));
    const family = [analyzer.pid!, ...descendants(analyzer.pid!)];
    await analyzer.dispose();
    await untilEnded(family);
    await expect(analyzer.analyze("/nowhere.model.ts")).rejects.toBeInstanceOf(AnalysisCancelledError);
    folder.remove();
  });
});
