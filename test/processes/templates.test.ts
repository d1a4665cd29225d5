import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { snippets } from "../../src/extension/editor/snippets";
import { provideAnalyzer } from "./support/analyzer";

const FOLDER = join(import.meta.dirname, "../../media/templates");
const PARAMETERS: Readonly<Record<string, number>> = {
  "autoencoder.model.ts": 8 * 16 + 16 + (16 * 2 + 2) + (2 * 16 + 16) + (16 * 8 + 8),
  "cnn.model.ts": 3 * 3 * 32 + 32 + (3 * 3 * 32 * 64 + 64) + (64 * 10 + 10),
  "functional.model.ts": 64 * 64 + 64 + (64 * 10 + 10),
  "lstm.model.ts": 4 * (28 * 64 + 64 * 64 + 64) + (64 * 10 + 10),
  "mlp.model.ts": 266_610,
  "rbf.model.ts": 64 * 64 + 64 + (64 * 10 + 10),
  "transformer.model.ts":
    28 * 64 + 64 + 2 * (4 * (64 * 64 + 64) + 2 * (2 * 64) + (64 * 128 + 128) + (128 * 64 + 64)) + (64 * 10 + 10),
};

const PREAMBLE = `import { arrays, input, layer, Layer, layers, model, sequential, tf, train, type Shape, type Weight } from "layerwise";
const data = arrays({ x: [[[1, 2], [3, 4]]], y: [0] });
`;
/** As they stand when every placeholder is left as it is, at places where they fit. */
const inModel = (layersText: string): string =>
  `export const network = sequential({ inputShape: [28, 28, 1] }, [${layersText} layers.flatten(), layers.dense(10)]);`;
const PLACES: Readonly<Record<string, (body: string) => string>> = {
  sequentialModel: (body) => body,
  functionalModel: (body) => body,
  trainPlan: (body) =>
    `const network = sequential({ inputShape: [2, 2] }, [layers.flatten(), layers.dense(2, { activation: "softmax" })]);\n${body}`,
  denseBlock: inModel,
  convolutionBlock: inModel,
  ownLayer: (body) => `${body}\n${inModel("scale(),")}`,
};

describe("the templates of model files", () => {
  const { analyzer, folder } = provideAnalyzer();

  test.each(readdirSync(FOLDER).filter((file) => file.endsWith(".model.ts")))("%s has no mistakes, and a plan", async (file) => {
    const { analysis } = await analyzer.analyze(join(FOLDER, file));
    expect(analysis.diagnostics).toEqual([]);
    expect(analysis.plans.map(({ export: name, model }) => [name, model])).toEqual([["default", "network"]]);
    expect(analysis.models.find(({ name }) => name === "network")?.totals.params).toBe(PARAMETERS[file]);
  });

  test.each(snippets)("the snippet $prefix runs as it is", async ({ prefix, body }) => {
    const filled = body.replace(/\$\{\d+:([^}]*)\}/g, "$1").replace("$0", "");
    const file = folder.write(`${prefix}.model.ts`, PREAMBLE + (PLACES[prefix]?.(filled) ?? ""));
    const { analysis } = await analyzer.analyze(file);
    expect(analysis.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(analysis.models).toHaveLength(1);
  });
});
