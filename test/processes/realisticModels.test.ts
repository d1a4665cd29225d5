import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { provideAnalyzer } from "./support/analyzer";
import { BEGINNER_MISTAKES } from "./support/beginnerMistakes";
import { KERAS_HABITS } from "./support/kerasHabits";

const SOUND = join(import.meta.dirname, "models/sound");
const IMPORTS = `import { arrays, callbacks, csv, generator, input, layers, losses, metrics, model, optimizers, schedules, sequential, train } from "layerwise";
import { digits, fashionMnist, iris } from "layerwise/datasets";
`;

describe("models as people write them", () => {
  const { analyzer, folder } = provideAnalyzer();
  test.each(readdirSync(SOUND))("%s is sound", async (file) => {
    const { analysis } = await analyzer.analyze(join(SOUND, file));
    expect(analysis.diagnostics).toEqual([]);
    expect(analysis.models.map(({ totals }) => totals.params)).not.toContain(null);
  });

  test.each(BEGINNER_MISTAKES)("$mistake: $code", async ({ text, code, fix, alone, end }) => {
    const file = folder.write("mistake.model.ts", IMPORTS + text);
    const all = await analyzer.fixes(file);
    const found = all.filter((diagnostic) => diagnostic.code === code);
    expect(found).toHaveLength(1);
    if (alone === true) expect(all.map((diagnostic) => diagnostic.code)).toEqual([code]);
    if (end !== undefined) expect(found[0]?.message.slice(-end.length)).toBe(end);
    expect(found[0]?.fixes[0]?.title).toBe(fix);
  });

  test.each(KERAS_HABITS)("as in Keras, $mistake: $code", async ({ text, code, fix, says }) => {
    const file = folder.write("habit.model.ts", IMPORTS + text);
    const found = await analyzer.fixes(file);
    expect(found.filter(({ severity }) => severity === "error").map((diagnostic) => diagnostic.code)).toEqual([code]);
    const [error] = found.filter((diagnostic) => diagnostic.code === code);
    expect(error?.message).toContain(says);
    expect(error?.fixes[0]?.title).toBe(fix);
  });
});
