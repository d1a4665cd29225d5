import { describe, expect, it } from "vitest";
import { deriveParameters, deriveRepeatedParameters } from "../../../../src/extension/math/derivation";
import { outputFormula } from "../../../../src/extension/math/outputFormula";
import { typeset } from "../../../../src/extension/math/typeset";
import type { LayerDocumentation, LayerSummary, SizeFactor, WeightSummary } from "../../../../src/protocol";
import { layer } from "../fixtures";

const factor = (value: number, name: string): SizeFactor => ({ value, name });
const weight = (name: string, ...factors: SizeFactor[]): WeightSummary => ({
  ...{ name, factors, trainable: true },
  shape: factors.map(({ value }) => value),
});
const dense = layer({ line: 1 });

const gates = [factor(4, "gates"), factor(64, "units")];
const lstm = layer({
  ...{ line: 1, name: "lstm", type: "LSTM", inputShape: [null, 28, 28], outputShape: [null, 64], params: 23_808 },
  weights: [
    weight("kernel", factor(28, "inputs"), ...gates),
    { ...weight("recurrent_kernel", factor(64, "units"), ...gates), shape: [64, 256] },
    weight("bias", ...gates),
  ],
});

describe("the derivation of a parameter count", () => {
  it("names every factor, and unfolds the one that a flatten layer made", () => {
    expect(deriveParameters(dense)?.text).toBe("784 inputs × 300 units (kernel) + 300 units (bias) = 235,500 parameters");
    expect(deriveParameters(dense, [28, 28])?.text).toContain("28·28 inputs × 300 units");
    expect(deriveParameters(dense, [28, 29])?.text).toContain("784 inputs");
    expect(deriveParameters(dense)?.tex).toContain(String.raw`\overset{\text{inputs}}{784} \cdot \overset{\text{units}}{300}`);
  });

  it("has a row for each weight where one line is too short", () => {
    const formula = deriveParameters(lstm);
    expect(formula?.text).toBe(
      "28 inputs × 4 gates × 64 units (kernel) + 64 units × 4 gates × 64 units (recurrent_kernel) + 4 gates × 64 units (bias) = 23,808 parameters",
    );
    expect(formula?.tex).toMatch(/^\\begin\{array\}.*16\{,\}384.*23\{,\}808/);
  });

  it("sums the layers of a model", () => {
    const nested = layer({ line: 1, params: 471_000, layers: [dense, layer({ line: 2, name: "dense_1" })] });
    expect(deriveParameters(nested)?.text).toBe("235,500 (dense) + 235,500 (dense_1) = 471,000 parameters");
  });

  it("puts equal layers of a loop together", () => {
    const deep = [30_100, ...Array.from({ length: 59 }, () => 10_100)].map((params, index) =>
      layer({ line: 1, name: `dense_${index + 1}`, params }),
    );
    expect(deriveRepeatedParameters(deep)?.text).toBe(
      "30,100 each (dense_1) + 59 layers × 10,100 each (from dense_2) = 626,000 parameters",
    );
  });

  it("says nothing where there is nothing to count, or something is not known", () => {
    const unknown: Partial<LayerSummary>[] = [{ params: 0, weights: [] }, { params: null, weights: [] }, { params: 1 }];
    for (const fields of unknown) expect(deriveParameters({ ...dense, ...fields })).toBeUndefined();
    expect(deriveRepeatedParameters([layer({ line: 1, params: null })])).toBeUndefined();
  });
});

describe("the formula of a layer's output", () => {
  const documented = (formula: string): LayerDocumentation => ({ summary: "", formula, source: "" });

  it("has the dimensions below each symbol, for one sample and for a batch", () => {
    const formula = outputFormula(dense, documented("y = f(x W + b)"), 32);
    expect(formula?.text).toBe(
      "One sample: input 1 × 784, kernel 784 × 300, bias 300, output 1 × 300. A batch of 32: input 32 × 784, kernel 784 × 300, bias 300, output 32 × 300.",
    );
    expect(formula?.tex).toContain(String.raw`\underset{784 \times 300}{W}`);
    expect(formula?.tex).toContain(String.raw`\underset{32 \times 300}{Y}`);
  });

  it("lists them below the formula where the symbols have indices", () => {
    const formula = outputFormula(lstm, documented(String.raw`h_t = \phi(W^{\mathsf T} x_t + U^{\mathsf T} h_{t-1} + b)`), 32);
    expect(formula?.tex).toContain(String.raw`U:\ 64 \times 256`);
    expect(formula?.tex).toContain(String.raw`x:\ 32 \times 28 \times 28`);
    expect(formula?.tex).not.toContain("underset");
  });

  it("calls an own layer's weights by their names", () => {
    const own = layer({ line: 1, weights: [weight("centers_$", factor(3, ""))] });
    const formula = outputFormula(own, documented("y = x"), 32);
    expect(formula?.tex).toContain(String.raw`\text{centers_}:\ 3`);
    expect(() => typeset(formula?.tex ?? "", "#000", 14)).not.toThrow();
  });

  it("is left out where a layer has none", () => {
    expect([outputFormula(dense, null, 32), outputFormula(dense, documented(""), 32)]).toEqual([undefined, undefined]);
  });
});
