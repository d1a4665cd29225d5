import { beforeEach, describe, expect, it } from "vitest";
import { collectModels } from "../../../../src/analysis/realm/collect";
import { takeDocumentation } from "../../../../src/analysis/realm/documentation";
import { layerHover } from "../../../../src/extension/editor/layerHover";
import { deriveParameters } from "../../../../src/extension/math/derivation";
import { outputFormula } from "../../../../src/extension/math/outputFormula";
import { typeset } from "../../../../src/extension/math/typeset";
import { texTokens, weightSymbol } from "../../../../src/extension/math/weightSymbols";
import { Functional, input, isShapeList, resetDeclarations, type Shape } from "../../../../src/nn";
import type { LayerDocumentation, LayerSummary } from "../../../../src/protocol";
import "../../nn/backend";
import type { LayerCase } from "../../nn/layerCase";
import { layerCases } from "../../nn/layerCases";
import { layerCasesB } from "../../nn/layerCasesB";
import { layerCasesC } from "../../nn/layerCasesC";
import { model } from "../fixtures";

const BATCH = 32;

/** Weights that formulas do not name: an activation that has weights has a formula of its own. */
const WITHOUT_SYMBOL = ["p_re_lu/alpha"];

interface Described {
  readonly summary: LayerSummary;
  readonly documentation: LayerDocumentation | null;
}

/** A layer as the analyzer describes it, in a model of its own. */
function describeCase({ make, inputShape, wholeNumbersBelow }: LayerCase): Described {
  const dtype = wholeNumbersBelow === undefined ? "float32" : "int32";
  const shapes: readonly Shape[] = isShapeList(inputShape) ? inputShape : [inputShape];
  const inputs = shapes.map((shape) => input({ shape: shape.slice(1), dtype }));
  const layer = make();
  const outputs = layer.apply((isShapeList(inputShape) ? inputs : inputs[0]) as never);
  new Functional({ inputs, outputs: [outputs].flat() });
  const { models, layerProperties } = collectModels(new Map());
  const described = [...models.values()].at(-1)?.layers.find(({ name }) => name === layer.name);
  const properties = layerProperties[described?.properties ?? -1];
  if (described === undefined || properties === undefined) throw new Error(`${layer.name} is no part of the model.`);
  const { name, inbound } = described;
  const place = { file: null, line: null, column: null, endLine: null, endColumn: null, times: 1 };
  const summary: LayerSummary = { name, inbound, ...properties, ...place };
  return { summary, documentation: takeDocumentation()[summary.documentation ?? -1] ?? null };
}

/** The value of a derivation as it is read: `28·28 inputs × 300 units (kernel) + 300 units (bias)`. */
function valueOf(text: string): number {
  const [sum = ""] = text.split(" = ");
  return sum
    .split(" + ")
    .map((term) => term.split(" × ").flatMap((factor) => /^[\d,·]+/.exec(factor)?.[0].split("·") ?? []))
    .map((factors) => factors.reduce((product, factor) => product * Number(factor.replaceAll(",", "")), 1))
    .reduce((total, term) => total + term, 0);
}

const cases = [...layerCases, ...layerCasesB, ...layerCasesC].map((layerCase) => {
  resetDeclarations();
  const { className } = layerCase.make();
  return { name: layerCase.title === undefined ? className : `${className} ${layerCase.title}`, layerCase };
});

describe.each(cases)("the hover of $name", ({ layerCase }) => {
  beforeEach(() => void resetDeclarations());

  it("derives its parameters, every factor named", () => {
    const { summary } = describeCase(layerCase);
    const derivation = deriveParameters(summary);
    if (summary.params === 0) {
      expect(derivation).toBeUndefined();
      return;
    }
    expect(valueOf(derivation?.text ?? "")).toBe(summary.params);
    expect(derivation?.text).toMatch(new RegExp(`= ${(summary.params ?? 0).toLocaleString("en")} parameters$`));
    const unnamed = summary.weights.filter(({ factors }) => factors.some(({ name }) => name === ""));
    expect(unnamed.map(({ name }) => name)).toEqual([]);
    expect(() => typeset(derivation?.tex ?? "", "#000", 14)).not.toThrow();
  });

  it("has a formula with a symbol for each weight, and its dimensions for one sample and a batch", () => {
    const { summary, documentation } = describeCase(layerCase);
    expect(documentation?.formula).toBeTruthy();
    const { formula = "" } = documentation ?? {};
    const tokens = texTokens(formula).join("");
    const names = summary.weights.map(({ name }) => name);
    const nameless = names.filter((name) => !tokens.includes(weightSymbol(name, formula) ?? "∅"));
    expect(nameless.filter((name) => !WITHOUT_SYMBOL.includes(name))).toEqual([]);
    const symbols = formula.replace(/\\(operatorname|text|texttt)\{[^}]*\}/g, "");
    const takesBias = /Dense|Conv|LSTM|GRU|RNN|HeadAttention|QueryAttention/.test(summary.type);
    const hasBias = names.some((name) => name.endsWith("bias"));
    if (takesBias) expect(/(?<![\\\w])b(?![a-z])/.test(symbols)).toBe(hasBias);
    const written = outputFormula(summary, documentation, BATCH);
    expect(() => typeset(written?.tex ?? "", "#000", 14)).not.toThrow();
    const dimensions = (shape: Shape, batch: number): string =>
      (batch === 1 && shape.length > 2 ? shape.slice(1) : [batch, ...shape.slice(1)]).map((size) => size ?? "?").join(" × ");
    for (const [word, shapes] of [
      ["input", layerCase.inputShape],
      ["output", layerCase.outputShape],
    ] as const) {
      const list: readonly Shape[] = isShapeList(shapes) ? shapes : [shapes];
      list.forEach((shape, index) => {
        const name = list.length === 1 ? word : `${word} ${index + 1}`;
        for (const batch of [1, BATCH]) expect(written?.text).toContain(`${name} ${dimensions(shape, batch)}`);
      });
    }
  });

  it("costs what it costs", () => {
    const { summary, documentation } = describeCase(layerCase);
    const hint = { span: { start: 0, end: 1 }, layers: [summary] as const, model: model([summary]), key: "mlp", stale: false };
    const text = layerHover(
      { hint, documentation, plan: undefined, question: undefined, showsShares: true },
      ({ text: words }) => words,
    );
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(text).toContain(`| Parameters | &emsp;${(summary.params ?? NaN).toLocaleString("en")} |`);
  });
});
