import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/protocol";
import { provideAnalyzer } from "./support/analyzer";
import { withFix } from "./support/edits";
import { FORMS, IMPORTS, NAMES, PLANS, UNPACKING } from "./support/unfinishedFiles";

describe.each([
  ["plans", PLANS],
  ["unpacking", UNPACKING],
  ["forms of calls", FORMS],
  ["names", NAMES],
] as const)("an unfinished file: %s", (_title, cases) => {
  const { analyzer, folder } = provideAnalyzer();

  test.each(cases)("$what", async ({ text, said, params, fixed, imports = IMPORTS, fixedImports = imports }) => {
    const file = folder.write("unfinished.model.ts", imports + text);
    const { analysis } = await analyzer.analyze(file);
    expect(analysis.diagnostics.map(({ code, message }) => [code, message])).toEqual(
      said.map(([code, message]) => [code, expect.stringContaining(message) as string]),
    );
    expect(analysis.models.map(({ totals }) => totals.params)).toEqual(params);
    const diagnostics: readonly Diagnostic[] = await analyzer.fixes(file);
    const fix = diagnostics.flatMap(({ fixes }) => fixes)[0];
    expect(fix === undefined ? undefined : withFix(imports + text, fix)).toBe(
      fixed === undefined ? undefined : fixedImports + fixed,
    );
  });
});
