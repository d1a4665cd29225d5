import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnalyzerClient } from "../../src/client";
import { DIAGNOSTICS } from "../../src/protocol";
import { BUILD_TIMEOUT, startAnalyzer } from "./support/analyzer";
import { ModelFolder } from "./support/modelFolder";

const IMPORTS = `import { arrays, csv, generator, input, layer, Layer, layers, losses, model, optimizers, schedules, sequential, tf, train } from "layerwise";
import { digits, fashionMnist } from "layerwise/datasets";
`;
const TIME_LIMIT = 2_000;

interface Section {
  readonly code: string;
  readonly wrong: string;
  readonly right: string;
}

/** The sections of docs/diagnostics.md: each shows a file with the diagnostic, and one without. */
const sections: readonly Section[] = readFileSync(fileURLToPath(new URL("../../docs/diagnostics.md", import.meta.url)), "utf8")
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [wrong = "", right = ""] = [...section.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, text = ""]) => text);
    return { code: section.slice(0, section.indexOf("\n")), wrong, right };
  });

describe("docs/diagnostics.md", () => {
  const folder = new ModelFolder();
  let analyzer: AnalyzerClient;
  beforeAll(async () => {
    analyzer = await startAnalyzer();
  }, BUILD_TIMEOUT);
  afterAll(async () => {
    await analyzer.dispose();
    folder.remove();
  });
  const codesOf = async (text: string): Promise<string[]> => {
    const file = folder.write("documented.model.ts", IMPORTS + text);
    const { analysis } = await analyzer.analyze(file, { timeLimit: TIME_LIMIT });
    return analysis.diagnostics.map(({ code }) => code);
  };

  test("has a section for each code, in the registry's order", () => {
    expect(sections.map(({ code }) => code)).toEqual(Object.keys(DIAGNOSTICS));
  });

  test.each(sections)("$code: the wrong file has it, and nothing else", async ({ code, wrong }) => {
    expect(await codesOf(wrong)).toEqual([code]);
  });

  test.each(sections)("$code: the right file has no diagnostic", async ({ right }) => {
    expect(await codesOf(right)).toEqual([]);
  });
});
