import { describe, expect, test } from "vitest";
import { drawnNetwork } from "../../../src/extension/monitor/drawnNetwork";
import { layer, model, nestedNetwork } from "../../webview/fixtures";

const options = { isHidden: () => false, diagnostics: [], stale: false };
const place = { file: "/workspace/deep.model.ts", endLine: 5, endColumn: 20, fixes: [] };

describe("what the diagram's page gets of a model", () => {
  test("all numbers where none is to be predicted", () => {
    const { params, hidden, layers } = drawnNetwork(nestedNetwork(), options);
    expect({ params, hidden, code: layers[1]?.layers?.[2]?.params }).toEqual({ params: 2353, hidden: false, code: 264 });
  });

  test("nothing from which a hidden number could be told: neither the groups around it, nor totals, nor FLOPs", () => {
    const drawn = drawnNetwork(nestedNetwork(), { ...options, isHidden: ({ name }) => name === "code" });
    expect(JSON.stringify(drawn)).not.toMatch(/\b(264|2344|2353|528)\b/);
    const [, encoder] = drawn.layers;
    expect(encoder).toMatchObject({ hidden: true, params: null, flops: null, derivation: null });
    expect(encoder?.layers?.map(({ params }) => params)).toEqual([0, 2080, null]);
    expect(drawn).toMatchObject({ params: null, flops: null, hidden: true });
  });

  test("the gravest diagnostic of the innermost call around it", () => {
    const inner = { ...layer("inner", "Dense", 8, 72, [], 5), column: 10 };
    const outer = layer("outer", "ReLU", 8, 0, ["inner"], 5);
    const at = { ...place, code: "c", line: 5, column: 12 };
    const diagnostics = [
      { ...at, severity: "info", message: "a hint" } as const,
      { ...at, severity: "error", message: "an error" } as const,
    ];
    const { layers } = drawnNetwork(model("m", [inner, outer]), { ...options, diagnostics });
    expect(layers.map(({ problem }) => problem)).toEqual([{ severity: "error", message: "an error" }, null]);
  });
});
