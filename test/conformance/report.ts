import type { SpecResult } from "jasmine";
import type { Exclusion } from "./exclusions";
import type { SuiteOutcome } from "./suite";

export interface Outcome {
  readonly results: readonly SpecResult[];
  /** Full names of the tests that did not run. */
  readonly excludedTests: readonly string[];
  readonly exclusions: readonly Exclusion[];
  /** Parts of the names of the tests that tfjs-node excludes. */
  readonly tfjsNodeParts: readonly string[];
  /** Whether the suite ran to its end. */
  readonly complete: boolean;
}

/** Prints a conformance run, its result last. Returns the exit code: 0 when all is as it should be. */
export function printReport(outcome: Outcome, print: (line: string) => void): number {
  const { results, excludedTests, exclusions, tfjsNodeParts, complete } = outcome;
  const named = (status: SpecResult["status"]): SpecResult[] => results.filter((result) => result.status === status);
  const passed = named("passed");
  const failed = named("failed");
  const pending = named("pending");
  const excludedByTfjsNode = (name: string): boolean => tfjsNodeParts.some((part) => name.includes(part));

  for (const result of failed) printFailure(result, print);

  print("\nExcluded here, each also by tfjs-node:");
  for (const { reason, tests } of exclusions) {
    const matching = excludedTests.filter((name) => tests.some((part) => name.includes(part)));
    print(`${String(matching.length).padStart(5)}  ${reason}`);
    for (const part of tests) print(`         ${part}`);
  }

  print("\nExcluded by tfjs-node:");
  print("  there  here passed");
  const ran = (list: readonly SpecResult[], part: string): number =>
    list.filter(({ fullName }) => fullName.includes(part)).length;
  for (const part of tfjsNodeParts) {
    const here = excludedTests.filter((name) => name.includes(part)).length;
    const ranHere = ran(passed, part);
    const columns = [here + ran(results, part), here, ranHere].map((count) => String(count).padStart(6));
    print(`${columns.join(" ")}  ${part}`);
  }

  const onlyHere = excludedTests.filter((name) => !excludedByTfjsNode(name));
  for (const name of onlyHere) print(`\nERROR excluded here, but not by tfjs-node: ${name}`);
  const matchless = exclusions.flatMap(({ tests }) => tests).filter((part) => !excludedTests.some((name) => name.includes(part)));
  for (const part of matchless) print(`\nERROR excluded, but there is no such test: ${part}`);
  if (!complete) print("\nERROR the suite did not run to its end");

  const byTfjsNode = results.filter(({ fullName }) => excludedByTfjsNode(fullName));
  print(
    `\n${excludedTests.length} tests excluded here, ${excludedTests.length - onlyHere.length + byTfjsNode.length} by tfjs-node; ` +
      `${pending.length} switched off by tfjs-core itself (${pending.map(({ fullName }) => fullName).join("; ")})`,
  );
  print(`conformance: ${passed.length} passed, ${failed.length} failed`);
  const sound = complete && failed.length + onlyHere.length + matchless.length === 0 && passed.length > 0;
  return sound ? 0 : 1;
}

/** Prints a run in which everything is to pass, its result last. Returns the exit code. */
export function printResults({ results, complete }: SuiteOutcome, print: (line: string) => void): number {
  const failed = results.filter(({ status }) => status === "failed");
  const passed = results.filter(({ status }) => status === "passed");
  for (const result of failed) printFailure(result, print);
  if (!complete) print("\nERROR the suite did not run to its end");
  print(`conformance: ${passed.length} passed, ${failed.length} failed`);
  return complete && failed.length === 0 && passed.length > 0 ? 0 : 1;
}

function printFailure({ fullName, failedExpectations }: SpecResult, print: (line: string) => void): void {
  print(`\nFAILED ${fullName}`);
  for (const { message } of failedExpectations) print(`  ${message.split("\n").slice(0, 8).join("\n  ")}`);
}
