import { describe, expect, it } from "vitest";
import { keyedModels } from "../../../src/extension/models/modelKeys";

const keys = (...names: string[]): string[] => keyedModels(names.map((name) => ({ name }))).map(({ key }) => key);

describe("the keys of a file's models", () => {
  it("are their names, and tell those of one name apart", () => {
    expect(keys("mlp", "net", "mlp", "mlp")).toEqual(["mlp", "net", "mlp (2)", "mlp (3)"]);
  });

  it("are never equal, whatever the names", () => {
    expect(keys("mlp", "mlp", "mlp (2)")).toEqual(["mlp", "mlp (3)", "mlp (2)"]);
    expect(keys("mlp (2)", "mlp", "mlp", "mlp (2)")).toEqual(["mlp (2)", "mlp", "mlp (3)", "mlp (2) (2)"]);
  });

  it("come with the models, in their order", () => {
    const models = [{ name: "mlp" }, { name: "mlp" }];
    expect(keyedModels(models).map(({ model }) => models.indexOf(model))).toEqual([0, 1]);
  });
});
