import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Evaluator } from "../../../src/analysis/analyzer/evaluator";

let folder: string;
let log: string[];
let evaluator: Evaluator | undefined;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "layerwise-evaluator-")));
  log = [];
});
afterEach(async () => {
  await evaluator?.dispose();
  await rm(folder, { recursive: true });
});

/** An evaluator whose process does what the code says; `flags` are the names of those it was started with. */
async function evaluatorThat(code: string): Promise<Evaluator> {
  const script = join(folder, "evaluator.cjs");
  const flags = `const flags = process.execArgv.map((flag) => flag.split("=")[0]);`;
  await writeFile(script, `${flags}\nprocess.on("disconnect", () => process.exit());\n${code}\n`);
  return (evaluator = new Evaluator(script, (line) => void log.push(line)));
}

/** The flags of each attempt that failed. */
const failedStarts = (): string[][] =>
  log.flatMap((line) => {
    const flags = /^The evaluator does not start with \[(.*)\]/.exec(line)?.[1];
    return flags === undefined ? [] : [flags.split(" ").map((flag) => flag.replace(/=.*/, ""))];
  });

describe("the evaluator's protection", () => {
  it("is kept when the process does not start for a reason of its own, and the failure is reported each time", async () => {
    const failing = await evaluatorThat("process.exit(1);");
    const failure = /cannot be started: the process ended with exit code 1\. .* the next analysis tries again/;
    await expect(failing.start()).rejects.toThrow(failure);
    await expect(failing.start()).rejects.toThrow(failure);
    const [first, second, ...others] = failedStarts();
    expect(first).toEqual(expect.arrayContaining(["--permission", "--allow-fs-read", "--max-old-space-size"]));
    expect(second).toEqual(first);
    expect(others).toEqual([]);
  });

  it("drops the permission model alone, where Node does not know its flag", async () => {
    const starting = await evaluatorThat(`
      if (flags.some((flag) => flag.endsWith("permission"))) process.exit(9);
      if (!flags.includes("--max-old-space-size") || flags.includes("--allow-fs-read")) process.exit(1);
      process.send({ type: "ready" });`);
    await starting.start();
    expect(failedStarts().length).toBeGreaterThan(0);
    for (const flags of failedStarts()) expect(flags.some((flag) => flag.endsWith("permission"))).toBe(true);
  });

  it("keeps the heap limit even where Node refuses every flag", async () => {
    await expect((await evaluatorThat("process.exit(9);")).start()).rejects.toThrow("exit code 9");
    for (const flags of failedStarts()) expect(flags).toContain("--max-old-space-size");
  });
});
