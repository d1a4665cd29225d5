import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/protocol";
import { provideAnalyzer } from "./support/analyzer";
import { withFix } from "./support/edits";

const IMPORTS = `import { activations, callbacks, constraints, initializers, input, layer, Layer, layers, losses, metrics, model, optimizers, regularizers, schedules, sequential, tf, train } from "layerwise";
import { fashionMnist, iris } from "layerwise/datasets";
`;

/** A file as it is while somebody writes it, or out of another library's habit: what is wrong is said, and the model keeps its numbers. */
export interface Unfinished {
  readonly what: string;
  readonly text: string;
  /** All that is said, in order; of each message a part. */
  readonly said: readonly (readonly [code: string, message: string])[];
  /** Of each model. */
  readonly params: readonly (number | null)[];
  /** How the file goes on after the first fix that is offered; undefined where none is. */
  readonly fixed?: string;
  readonly imports?: string;
  readonly fixedImports?: string;
}

const MLP = `export const mlp = sequential({ inputShape: [28, 28] }, [layers.flatten(), layers.dense(10, { activation: "softmax" })]);\n`;
const plan = (data: string): string =>
  `export default train(mlp, { ${data}optimizer: "adam", loss: "sparseCategoricalCrossentropy" });\n`;
const dataSet = (received: string): string =>
  `data takes a data set such as fashionMnist(), csv(path) or arrays({ x, y }); received ${received}.`;
const noData = (data: string, received: string): Pick<Unfinished, "text" | "said" | "params"> => ({
  text: MLP + plan(`${data}, `),
  said: [["invalid-argument", dataSet(received)]],
  params: [7850],
});

const PLANS: readonly Unfinished[] = [
  {
    what: "a plan that has nothing but a data set that is not called",
    text: `${MLP}export default train(mlp, { data: fashionMnist });\n`,
    said: [
      ["invalid-argument", dataSet("a function")],
      ["invalid-argument", "train needs optimizer"],
      ["invalid-argument", "train needs loss"],
    ],
    params: [7850],
    fixed: `${MLP}export default train(mlp, { data: fashionMnist() });\n`,
  },
  {
    what: "an empty plan",
    text: `${MLP}export default train(mlp, {});\n`,
    said: [
      ["invalid-argument", dataSet("undefined")],
      ["invalid-argument", "train needs optimizer"],
      ["invalid-argument", "train needs loss"],
    ],
    params: [7850],
  },
  { what: "a plan without data", text: MLP + plan(""), said: [["invalid-argument", dataSet("undefined")]], params: [7850] },
  { what: "data that are null", ...noData("data: null as any", "null") },
  { what: "data by name", ...noData(`data: "iris" as any`, `"iris"`) },
  { what: "data as an object", ...noData("data: { x: [[1]], y: [1] } as any", "an object") },
  { what: "data as a list", ...noData("data: [[1], [2]] as any", "[[1], [2]]") },
  {
    what: "a method of data that is not called",
    ...noData("data: fashionMnist().standardize", "a function"),
    fixed: MLP + plan("data: fashionMnist().standardize(), "),
  },
  {
    what: "a data set that is not called, for a model without an input shape",
    text: `export const mlp = sequential({}, [layers.dense(3, { activation: "softmax" })]);\n${plan("data: iris, ")}`,
    said: [
      ["invalid-argument", dataSet("a function")],
      ["missing-input-shape", "sequential has no input shape"],
    ],
    params: [null],
    fixed: `export const mlp = sequential({}, [layers.dense(3, { activation: "softmax" })]);\n${plan("data: iris(), ")}`,
  },
  {
    what: "a language without a method that Layerwise's own checks need",
    text: `delete (Array.prototype as any).findLast;\n${MLP}${plan("data: fashionMnist().standardize(), ")}`,
    said: [
      ["evaluation-crashed", "Layerwise failed inside while it looked at this file (own-function-failed: TypeError: "],
      ["evaluation-crashed", "Layerwise failed inside while it looked at this file (outputs of a plan: TypeError: "],
    ],
    params: [7850],
  },
];

describe.each([["plans", PLANS]] as const)("an unfinished file: %s", (_title, cases) => {
  const { analyzer, folder } = provideAnalyzer();

  test.each(cases)("$what", async ({ text, said, params, fixed, imports = IMPORTS, fixedImports = imports }) => {
    const file = folder.write("unfinished.model.ts", imports + text);
    const { analysis } = await analyzer.analyze(file);
    expect(analysis.diagnostics.map(({ code, message }) => [code, message])).toEqual(
      said.map(([code, message]) => [code, expect.stringContaining(message) as string]),
    );
    expect(analysis.models.map(({ totals }) => totals.params)).toEqual(params);
    const diagnostics: readonly Diagnostic[] = await analyzer.fixes(file);
    const fix = diagnostics.flatMap(({ fixes }) => fixes)[0];
    expect(fix === undefined ? undefined : withFix(imports + text, fix)).toBe(
      fixed === undefined ? undefined : fixedImports + fixed,
    );
  });
});
