import { expect, it, vi } from "vitest";
import { analysis, model } from "./fixtures";
import { openModel, uri } from "./openModel";

vi.mock("vscode", () => import("./fakeVscode"));

it("a model file's saved totals are those of each of the models of one name", async () => {
  const totals = (params: number) => ({ params, trainable: params, nonTrainable: 0, bytes: 4 * params, flops: null });
  const models = [model([], { totals: totals(1) }), model([], { totals: totals(2) })];
  const document = (await openModel({ analysis: analysis(models) })).get(uri);
  expect([...(document?.savedTotals ?? [])].map(([key, { params }]) => [key, params])).toEqual([
    ["mlp", 1],
    ["mlp (2)", 2],
  ]);
});
