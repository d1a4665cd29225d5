import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkout } from "./harness/checkout";
import { openEditor } from "./harness/editor";
import { runHostSuites } from "./harness/hostSuite";

const fixtures = join(checkout, "test/vscode/fixtures");
const fixture = { extension: join(fixtures, "extension"), workspace: join(fixtures, "workspace") };

describe("the harness", () => {
  it("runs mocha suites in the real extension host", async () => {
    const tests = await runHostSuites(join(fixtures, "suites"), fixture);
    expect(tests.map(({ title, outcome, error }) => [title, outcome, error])).toEqual([
      ["the fixture extension answers a command in the real extension host", "passed", ""],
      ["the fixture extension runs on the Node that VS Code supports", "passed", ""],
    ]);
  });

  it("shows the real workbench", async () => {
    await using editor = await openEditor(fixture);
    const { workbench } = editor;
    await workbench.openFile("notes.txt");
    await workbench.waitForText("lens above the first line");
    await workbench.poll("the inlay hint", async () =>
      (await workbench.editorLines())[0] === "first → hint line" ? true : undefined,
    );
    await workbench.runCommand("Fixture: Show");
    await workbench.notification("The fixture is shown");
    const webview = await workbench.webview("#greeting");
    expect(await webview.textContent("#greeting")).toMatch(/^Hello from Node v24\./);
  });
});
