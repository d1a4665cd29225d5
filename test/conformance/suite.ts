import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util.js";
import Jasmine, { type SpecResult } from "jasmine";

export interface SuiteOutcome {
  readonly results: readonly SpecResult[];
  /** Full names of the tests that did not run. */
  readonly excludedTests: readonly string[];
  /** Whether the suite ran to its end. */
  readonly complete: boolean;
}

/** Runs tfjs-core's own test suite on a backend, without the tests whose names have one of these parts. */
export async function runSuite(backendName: string, excludedParts: readonly string[]): Promise<SuiteOutcome> {
  setTestEnvs([{ name: `test-${backendName}`, backendName, flags: {}, isDataSync: true }]);
  const excludedTests = new Set<string>();
  const results: SpecResult[] = [];

  const jasmine = new Jasmine();
  jasmine.exitOnCompletion = false;
  jasmine.loadConfig({ random: false, spec_files: [] });
  jasmine.clearReporters();
  jasmine.addReporter({ specDone: (result) => results.push(result) });
  jasmine.env.configure({
    specFilter(spec) {
      const name = spec.getFullName();
      const excluded = excludedParts.some((part) => name.includes(part));
      if (excluded) excludedTests.add(name);
      return !excluded;
    },
  });
  await import("@tensorflow/tfjs-core/dist/tests.js");
  const { overallStatus } = await jasmine.execute();
  return {
    results: results.filter(({ status }) => status !== "excluded"),
    excludedTests: [...excludedTests],
    complete: overallStatus !== "incomplete",
  };
}
