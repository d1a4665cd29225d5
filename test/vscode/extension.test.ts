import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkout } from "./harness/checkout";
import { runHostSuites } from "./harness/hostSuite";

let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), "layerwise-workspace-"));
  await cp(join(checkout, "test/vscode/fixtures/models"), workspace, { recursive: true });
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

describe("the extension", () => {
  it("passes its suites in the real extension host", async () => {
    const tests = await runHostSuites(join(checkout, "test/vscode/host/extension"), { workspace });
    const failed = tests.filter(({ outcome }) => outcome !== "passed");
    expect(failed.map(({ title, error }) => `${title}\n${error}`)).toEqual([]);
    expect(tests.length).toBeGreaterThan(0);
    // The harness gives up when the extension host falls silent; how long all suites take is no matter.
  }, 900_000);
});
