import { describe, expect, it } from "vitest";
import { annotate, keepEarlier, type LayerHint, moveAnnotations, noAnnotations } from "../../../src/extension/models/annotations";
import { formatShapes } from "../../../src/format";
import { hintLabel } from "../../../src/extension/models/layerText";
import { analysis, layer, model, modelFile, plan } from "./fixtures";

/** Lines of 100 characters. */
const offsetAt = (line: number, column: number): number => (line - 1) * 100 + column - 1;

const mlp = analysis(
  [
    model([
      layer({ line: 2, name: "flatten", params: 0, outputShape: [null, 784], derivation: null, weights: [] }),
      layer({ line: 3, column: 3, endColumn: 40 }),
    ]),
  ],
  [plan()],
);
const labelOf = ({ layers }: LayerHint): string => {
  const { shape, params } = hintLabel(layers, "full");
  return params === "" ? shape : `${shape} · ${params}`;
};
const shown = annotate(mlp, modelFile, offsetAt);

describe("shapes", () => {
  it("leave out the batch, show what is unknown, and stand side by side where there are several", () => {
    expect(formatShapes([null, 28, 28])).toBe("(28, 28)");
    expect(formatShapes([null])).toBe("()");
    expect(formatShapes([null, null, 64])).toBe("(?, 64)");
    expect(
      formatShapes([
        [null, 2],
        [null, 3],
      ]),
    ).toBe("(2), (3)");
    expect(formatShapes(null)).toBe("?");
  });
});

describe("annotations", () => {
  it("say what comes out of each layer and how many parameters it has", () => {
    expect(shown.hints.map((hint) => [labelOf(hint), hint.span])).toEqual([
      ["→ (784)", { start: 100, end: 110 }],
      ["→ (300) · 235,500", { start: 202, end: 239 }],
    ]);
    expect(shown.hints[1]?.model.name).toBe("mlp");
  });

  it("say a model's parameters and shapes, and where a plan stands", () => {
    expect(shown.models).toMatchObject([{ offset: 0, model: { name: "mlp" }, stale: false }]);
    expect(shown.plans).toEqual([{ offset: 400, plan: "default", model: "mlp", key: "mlp", stale: false }]);
  });

  it("tell models of one name apart, and which of them a plan trains", () => {
    const second = layer({ line: 9, column: 1, endColumn: 5, name: "dense_1" });
    const twins = [model([layer({ line: 2 })]), model([second], { line: 8 })];
    const { hints, models, plans } = annotate(analysis(twins, [plan({ modelIndex: 1 })]), modelFile, offsetAt);
    expect([hints, models, plans].map((all) => all.map(({ key }) => key))).toEqual([
      ["mlp", "mlp (2)"],
      ["mlp", "mlp (2)"],
      ["mlp (2)"],
    ]);
  });

  it("say of no model that a plan trains it where that could not be described", () => {
    const { plans } = annotate(analysis([model([])], [plan({ modelIndex: -1 })]), modelFile, offsetAt);
    expect(plans).toMatchObject([{ model: "mlp", key: null }]);
  });

  it("put the layers of a loop into one hint", () => {
    const first = layer({ line: 2, params: 30_100, outputShape: [null, 100], derivation: "300·100 + 100 = 30,100" });
    const others = Array.from({ length: 59 }, (_, index) =>
      layer({
        line: 2,
        name: `dense_${index + 1}`,
        params: 10_100,
        outputShape: [null, 100],
        derivation: "100·100 + 100 = 10,100",
      }),
    );
    const { hints } = annotate(analysis([model([first, ...others])]), modelFile, offsetAt);
    expect(hints.map(labelOf)).toEqual(["×60 → (100) · 626,000"]);
  });

  it("show the layers of a nested model where they are written, once", () => {
    const inner = [layer({ line: 2 })];
    const outer = layer({ line: 4, name: "encoder", type: "Sequential", layers: inner });
    const { hints } = annotate(analysis([model(inner, { name: "encoder" }), model([outer])]), modelFile, offsetAt);
    expect(hints.map(({ layers: [first], span }) => [first.name, span.start])).toEqual([
      ["dense", 100],
      ["encoder", 300],
    ]);
  });

  it("leave out what stands in other files or nowhere", () => {
    const elsewhere = analysis([model([layer({ line: 2, file: "/work/blocks.ts" })], { file: null })], [plan({ line: null })]);
    expect(annotate(elsewhere, modelFile, offsetAt)).toEqual(noAnnotations);
  });

  it("move with the text", () => {
    const moved = moveAnnotations(shown, { offset: 50, length: 0, inserted: 7 });
    expect(moved.hints.map(({ span }) => span.start)).toEqual([107, 209]);
    expect(moved.plans[0]?.offset).toBe(407);
    expect(moved.models[0]?.offset).toBe(0);
  });

  it("lose the hint whose call is edited, and no other", () => {
    const moved = moveAnnotations(shown, { offset: 205, length: 3, inserted: 1 });
    expect(moved.hints.map(labelOf)).toEqual(["→ (784)"]);
  });

  it("keep a hint when something is typed right behind its call", () => {
    expect(moveAnnotations(shown, { offset: 239, length: 0, inserted: 1 }).hints[1]).toEqual(shown.hints[1]);
  });

  it("keep every lens whatever is edited", () => {
    const moved = moveAnnotations(shown, { offset: 0, length: 500, inserted: 2 });
    expect([moved.models[0]?.offset, moved.plans[0]?.offset, moved.hints.length]).toEqual([0, 0, 0]);
  });

  it("stay, marked as stale, while the file says nothing new", () => {
    const kept = keepEarlier(noAnnotations, shown);
    expect(kept.hints.map((hint) => [labelOf(hint), hint.stale])).toEqual([
      ["→ (784)", true],
      ["→ (300) · 235,500", true],
    ]);
    expect([kept.models[0]?.stale, kept.plans[0]?.stale]).toEqual([true, true]);
  });

  it("give way to what is known now", () => {
    const partial = annotate(analysis([model([layer({ line: 3, column: 3, endColumn: 40, params: 1 })])]), modelFile, offsetAt);
    const kept = keepEarlier(partial, shown);
    expect(kept.hints.map((hint) => [labelOf(hint), hint.stale])).toEqual([
      ["→ (300) · 1", false],
      ["→ (784)", true],
    ]);
    expect(kept.models.map(({ stale }) => stale)).toEqual([false]);
  });
});
