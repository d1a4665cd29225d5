import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnalyzerClient } from "../../src/client";
import { BUILD_TIMEOUT, startAnalyzer } from "./support/analyzer";

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

describe("the templates of model files", () => {
  let client: AnalyzerClient;
  beforeAll(async () => (client = await startAnalyzer()), BUILD_TIMEOUT);
  afterAll(() => client.dispose());

  test.each(readdirSync(FOLDER).filter((file) => file.endsWith(".model.ts")))("%s has no mistakes, and a plan", async (file) => {
    const { analysis } = await client.analyze(join(FOLDER, file));
    expect(analysis.diagnostics).toEqual([]);
    expect(analysis.plans.map(({ export: name, model }) => [name, model])).toEqual([["default", "network"]]);
    expect(analysis.models.find(({ name }) => name === "network")?.totals.params).toBe(PARAMETERS[file]);
  });
});
