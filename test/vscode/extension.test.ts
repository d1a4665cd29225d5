import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "./harness/checkout";
import { runHostSuites } from "./harness/hostSuite";
import { temporaryWorkspace } from "./harness/temporaryWorkspace";

await using workspace = await temporaryWorkspace("fashion-mnist");
const tests = await runHostSuites(join(checkout, "test/vscode/host/extension"), { workspace: workspace.folder });

describe("in the extension host", () => {
  for (const { title, outcome, error } of tests)
    it(title, () => expect({ outcome, error }).toEqual({ outcome: "passed", error: "" }));
});
