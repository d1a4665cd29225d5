import { describe, expect, test } from "vitest";
import { provideAnalyzer } from "./support/analyzer";

describe("a line of Python", () => {
  const { analyzer, folder } = provideAnalyzer();

  test.each([
    ["# a comment", /A comment begins with \/\//],
    ["from layerwise import layers", /import \{ layers, sequential \} from "layerwise"/],
    ["import numpy as np", /import \{ layers, sequential \} from "layerwise"/],
    ["def double(x):\n  return 2 * x", /function name\(argument\)/],
    ["class Own(Layer):\n  pass", /class Own extends Layer/],
    ["const double = lambda x: 2 * x;", /\(x\) => …/],
    ["for i in range(3):\n  net.add(layers.dense(3))", /for \(let i = 0; i < 10; i\+\+\)/],
    ["if deep:\n  net.add(layers.dense(3))", /A block stands in braces/],
    ['"""Two\nlines"""', /between backquotes/],
  ])("is told how TypeScript writes it: %s", async (line, advice) => {
    const { analysis } = await analyzer.analyze(
      folder.write("python.model.ts", `import { layers } from "layerwise";\n${line}\n`),
    );
    const [diagnostic] = analysis.diagnostics;
    expect(diagnostic).toMatchObject({ code: "syntax-error", line: 2 });
    expect(diagnostic?.message).toMatch(advice);
  });

  test("is not seen in a mistake of another kind", async () => {
    const { analysis } = await analyzer.analyze(folder.write("other.model.ts", `const lambda = (1;\n`));
    expect(analysis.diagnostics[0]?.message).toBe('Expected ")" but found ";"');
  });
});
