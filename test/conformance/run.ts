import { createRequire } from "node:module";
import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util.js";
import Jasmine, { type SpecResult } from "jasmine";
import { startEngine } from "../../src/engine";
import { EXCLUSIONS } from "./exclusions";
import { type Outcome, printReport } from "./report";
import { readTfjsNodeExclusions } from "./tfjsNodeList";

/** Runs tfjs-core's own test suite on our binding, without the excluded tests. */
async function main(): Promise<number> {
  const engine = await startEngine({ engine: "tensorflow" });
  console.log(`TensorFlow ${engine.version} on ${engine.device}, Node ${process.versions.node}: ${engine.reason}`);
  setTestEnvs([{ name: "test-tensorflow", backendName: "tensorflow", flags: {}, isDataSync: true }]);

  const excludedParts = EXCLUSIONS.flatMap(({ tests }) => tests);
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

  const listPath = createRequire(import.meta.filename).resolve("@tensorflow/tfjs-node-gpu/dist/run_tests.js");
  const outcome: Outcome = {
    results: results.filter(({ status }) => status !== "excluded"),
    excludedTests: [...excludedTests],
    exclusions: EXCLUSIONS,
    tfjsNodeParts: readTfjsNodeExclusions(listPath),
    complete: overallStatus !== "incomplete",
  };
  return printReport(outcome, (line) => console.log(line));
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
