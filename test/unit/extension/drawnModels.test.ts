import { describe, expect, it, vi } from "vitest";
import { DrawnModels } from "../../../src/extension/monitor/drawnModels";
import type { ModelSummary } from "../../../src/protocol";
import { analysis, layer, model } from "./fixtures";
import { hiddenNumbers, openModel, uri } from "./openModel";

vi.mock("vscode", () => import("./fakeVscode"));

async function drawn(...models: ModelSummary[]): Promise<DrawnModels> {
  return new DrawnModels(await openModel({ analysis: analysis(models) }), hiddenNumbers());
}

/** A model around another, which as its part stays where it was made. */
function around(inner: ModelSummary, fields: Partial<ModelSummary>): ModelSummary {
  const { name, line, column, layers } = inner;
  return model([{ ...layer({ line: line ?? 0, name, type: "Sequential", layers }), column }], fields);
}

describe("the model that is drawn", () => {
  const inner = model([layer({ line: 2, name: "inside" })], { name: "net", line: 1 });

  it("is the one of the key", async () => {
    const models = await drawn(inner, model([layer({ line: 5, name: "second" })], { name: "net", line: 4 }));
    expect(models.keys(uri)).toEqual(["net", "net (2)"]);
    expect(models.network(uri, { key: "net (2)", model: null })).toMatchObject({
      name: "net",
      key: "net (2)",
      layers: [{ name: "second" }],
    });
  });

  it("is the first of the name where there is none of the key", async () => {
    const models = await drawn(model([], { name: "other", line: 7 }), inner);
    expect(models.network(uri, { key: "net (2)", model: "net" })?.key).toBe("net");
  });

  it("is without key and name the first that stands in no other", async () => {
    const models = await drawn(inner, around(inner, { name: "outer", line: 4 }), model([], { name: "alone", line: 8 }));
    expect(models.network(uri, { key: null, model: null })?.key).toBe("outer");
  });

  it("is the outer one of two of one name", async () => {
    const models = await drawn(inner, around(inner, { name: "net", line: 4 }));
    expect(models.network(uri, { key: null, model: null })?.key).toBe("net (2)");
  });

  it("is the one that was made last where one place makes all", async () => {
    const models = await drawn(inner, around(inner, { name: "net", line: 1 }));
    expect(models.network(uri, { key: null, model: null })?.key).toBe("net (2)");
  });
});
