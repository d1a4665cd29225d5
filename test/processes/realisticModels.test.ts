import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnalyzerClient } from "../../src/client";
import { BUILD_TIMEOUT, startAnalyzer } from "./support/analyzer";
import { BEGINNER_MISTAKES } from "./support/beginnerMistakes";
import { ModelFolder } from "./support/modelFolder";

const SOUND = join(import.meta.dirname, "models/sound");
const IMPORTS = `import { arrays, csv, input, layers, losses, model, optimizers, sequential, train } from "layerwise";
import { fashionMnist, iris } from "layerwise/datasets";
`;

describe("models as people write them", () => {
  const folder = new ModelFolder();
  let analyzer: AnalyzerClient;
  beforeAll(async () => {
    analyzer = await startAnalyzer();
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await analyzer.dispose();
    folder.remove();
  });

  test.each(readdirSync(SOUND))("%s is sound", async (file) => {
    const { analysis } = await analyzer.analyze(join(SOUND, file));
    expect(analysis.diagnostics).toEqual([]);
    expect(analysis.models.map(({ totals }) => totals.params)).not.toContain(null);
  });

  test.each(BEGINNER_MISTAKES)("$mistake: $code", async ({ text, code, fix }) => {
    const file = folder.write("mistake.model.ts", IMPORTS + text);
    const found = (await analyzer.fixes(file)).filter((diagnostic) => diagnostic.code === code);
    expect(found).toHaveLength(1);
    expect(found[0]?.fixes[0]?.title).toBe(fix);
  });
});
