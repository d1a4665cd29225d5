import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DIAGNOSTICS } from "../../src/protocol";
import { provideAnalyzer } from "./support/analyzer";

const IMPORTS = `import { arrays, csv, generator, input, layer, Layer, layers, losses, model, optimizers, schedules, sequential, tf, train } from "layerwise";
import { digits, fashionMnist } from "layerwise/datasets";
`;
const TIME_LIMIT = 2_000;

interface Section {
  readonly code: string;
  readonly wrong: string;
  readonly right: string;
}

/** The sections of docs/diagnostics.md: each shows a file with the diagnostic, and one without. */
const sections: readonly Section[] = readFileSync(fileURLToPath(new URL("../../docs/diagnostics.md", import.meta.url)), "utf8")
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [wrong = "", right = ""] = [...section.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, text = ""]) => text);
    return { code: section.slice(0, section.indexOf("\n")), wrong, right };
  });

const COURSE = fileURLToPath(new URL("../../course", import.meta.url));

/** Files of the course that ask the learner to find out why. */
const ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  "fashion-mnist/deep.model.ts": ["initializer-activation-mismatch"],
};

/** Models as they are written, near to what the rules look for. */
const SOUND: Readonly<Record<string, string>> = {
  "residual blocks with batch normalization": `
const x = input({ shape: [16, 16, 3] });
let h = layers.conv2d(8, 3, { padding: "same", useBias: false })(x);
for (let i = 0; i < 2; i++) {
  const branch = layers.reLU()(layers.batchNormalization()(layers.conv2d(8, 3, { padding: "same", useBias: false })(h)));
  h = layers.add()([h, branch]);
}
export const residual = model({ inputs: x, outputs: layers.dense(10, { activation: "softmax" })(layers.globalAveragePooling2d()(h)) });`,
  "a transformer block": `
const x = input({ shape: [20], dtype: "int32" });
const e = layers.embedding(100, 16)(x);
const attended = layers.layerNormalization()(layers.add()([e, layers.multiHeadAttention(2, 8)([e, e])]));
const wide = layers.dense(32, { activation: "gelu" })(attended);
const y = layers.layerNormalization()(layers.add()([attended, layers.dropout(0.1)(layers.dense(16)(wide))]));
export const block = model({ inputs: x, outputs: layers.dense(2, { activation: "softmax" })(layers.globalAveragePooling1d()(y)) });`,
  "words of which some are taken, and scaled ones": `
export const words = sequential({ name: "words", inputShape: [2] }, [layers.embedding(5, 4), layers.flatten(), layers.dense(2, { activation: "softmax" })]);
export const grey = sequential({ name: "grey", inputShape: [8, 8] }, [layers.flatten(), layers.embedding(2, 3), layers.globalAveragePooling1d(), layers.dense(10, { activation: "softmax" })]);
const loss = "sparseCategoricalCrossentropy";
export const first = train(words, { data: arrays({ x: [[0, 4], [5, 6]], y: [0, 1] }).take(1), optimizer: "adam", loss });
export default train(grey, { data: digits().scale(1 / 16), optimizer: "adam", loss });`,
  "an autoencoder of two nested models": `
const encoder = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(32, { activation: "relu" }), layers.dense(2)]);
const decoder = sequential({ inputShape: [2] }, [layers.dense(32, { activation: "relu" }), layers.dense(784, { activation: "sigmoid" }), layers.reshape([28, 28])]);
const x = input({ shape: [28, 28] });
export const autoencoder = model({ inputs: x, outputs: decoder(encoder(x)) });`,
  "recurrent layers, one in both directions": `
export const reader = sequential({ inputShape: [28, 28] }, [
  layers.bidirectional(layers.lstm(8, { returnSequences: true })),
  layers.timeDistributed(layers.dense(4, { activation: "relu" })),
  layers.gru(8),
  layers.dropout(0.3),
  layers.dense(10, { activation: "softmax" }),
]);
export default train(reader, { data: fashionMnist().scale(1 / 255), optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });`,
  "logits, with a loss that is told so": `
export const logits = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10)]);
export default train(logits, { data: fashionMnist().standardize(), optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }) });`,
  "a metric of one's own beside a loss of class numbers that is made": `
export const numbered = sequential({ inputShape: [2] }, [layers.dense(3, { activation: "softmax" })]);
const asNumbers = (labels: any, scores: any) => tf.mean(tf.stack([labels, tf.cast(tf.argMax(scores, -1), "float32")], 1), 1);
export default train(numbered, { data: arrays({ x: [[0, 1], [1, 0], [1, 1]], y: [[0], [1], [2]] }), optimizer: "adam", loss: losses.sparseCategoricalCrossentropy(), metrics: [asNumbers] });`,
  "an own layer that holds others in a map": `
class Mixture extends Layer {
  experts = new Map([["a", layers.dense(4, { activation: "relu" })], ["b", layers.dense(4, { activation: "relu" })]]);
  call(x: any) { return [...this.experts.values()].map((expert) => expert(x) as any).reduce((a, b) => tf.add(a, b)); }
}
export const mixture = sequential({ inputShape: [4] }, [layer(Mixture)(), layers.dense(1)]);`,
  "an output for every row, with labels for every row": `
export const rows = sequential({ inputShape: [5, 3] }, [layers.conv1d(4, 3, { padding: "same", activation: "relu" }), layers.dense(2, { activation: "softmax" })]);`,
  "an autoencoder of every row, of two models": `
const encoder = sequential({ inputShape: [28, 28] }, [layers.dense(32, { activation: "relu" }), layers.dense(2)]);
const decoder = sequential({ inputShape: [28, 2] }, [layers.dense(32, { activation: "relu" }), layers.dense(28, { activation: "sigmoid" })]);
const x = input({ shape: [28, 28] });
export const rowByRow = model({ inputs: x, outputs: decoder(encoder(x)) });`,
  "shares of rows, then of columns": `
export const shares = sequential({ inputShape: [4, 4] }, [layers.softmax({ axis: 1 }), layers.softmax({ axis: 2 })]);`,
  "a sigmoid's features, normalized": `
export const features = sequential({ inputShape: [4] }, [layers.dense(8, { activation: "sigmoid" }), layers.batchNormalization()]);`,
  "a schedule that warms up from 0": `
export const warm = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);
export default train(warm, { data: fashionMnist().standardize(), optimizer: optimizers.adam({ learningRate: schedules.cosineDecay({ initialLearningRate: 0, decaySteps: 1000, warmupTarget: 0.001, warmupSteps: 100 }) }), loss: "sparseCategoricalCrossentropy" });`,
};

describe("docs/diagnostics.md", () => {
  const { analyzer, folder } = provideAnalyzer();
  const codesOf = async (text: string): Promise<string[]> => {
    const file = folder.write("documented.model.ts", IMPORTS + text);
    const { analysis } = await analyzer.analyze(file, { timeLimit: TIME_LIMIT });
    return analysis.diagnostics.map(({ code }) => code);
  };

  test("has a section for each code, in the registry's order", () => {
    expect(sections.map(({ code }) => code)).toEqual(Object.keys(DIAGNOSTICS));
  });

  test.each(sections)("$code: the wrong file has it, and nothing else", async ({ code, wrong }) => {
    expect(await codesOf(wrong)).toEqual([code]);
  });

  test.each(sections)("$code: the right file has no diagnostic", async ({ right }) => {
    expect(await codesOf(right)).toEqual([]);
  });

  test.each(Object.entries(SOUND))("%s: nothing to object to", async (_name, text) => {
    expect(await codesOf(text)).toEqual([]);
  });

  const course = readdirSync(COURSE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".model.ts"));
  test.each(course)("course/%s has no diagnostic but on purpose", async (file) => {
    const { analysis } = await analyzer.analyze(join(COURSE, file));
    expect(analysis.diagnostics.map(({ code }) => code)).toEqual(ON_PURPOSE[file] ?? []);
  });
});
