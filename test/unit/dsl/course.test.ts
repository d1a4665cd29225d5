import "@tensorflow/tfjs-backend-cpu";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { declaredPlans } from "../../../src/dsl/plan";
import { countParameters, declarations, resetDeclarations } from "../../../src/nn";

const COURSE = join(import.meta.dirname, "../../../course");

const PARAMETERS: Readonly<Record<string, number>> = {
  "introduction/first-model": 20,
  "introduction/stacked": 26,
  "introduction/xor": 33,
  "introduction/regressor": 49,
  "introduction/lambda": 2,
  "introduction/functional": 210,
  "introduction/convolution": 160 + 4640 + 1290,
  "introduction/lstm": 24_458,
  "introduction/amino-acids": 42,
  "fashion-mnist/mlp": 266_610,
  "fashion-mnist/deep": 862_510,
  "rbf/dense": 55_050,
  "rbf/rbf": 55_178,
};

const files = readdirSync(COURSE, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".model.ts"))
  .map((file) => file.replace(/\.model\.ts$/, ""));

describe("the course's model files", () => {
  beforeEach(() => {
    resetDeclarations();
  });

  it.each(files)("%s declares a plan and has the expected number of parameters", async (file) => {
    await import(join(COURSE, `${file}.model.ts`));
    const [plan] = declaredPlans();
    expect(declarations().errors).toEqual([]);
    expect(countParameters(plan!.model.weights)).toBe(PARAMETERS[file]);
    expect([...plan!.losses.keys()]).toEqual(plan!.model.outputNames);
  });

  it("are all expected", () => {
    expect(files.sort()).toEqual(Object.keys(PARAMETERS).sort());
  });
});
