import { expect, it } from "vitest";
import { openEditor } from "./harness/editor";
import { temporaryWorkspace } from "./harness/temporaryWorkspace";

it("evaluates no model before the folder is trusted", async () => {
  await using workspace = await temporaryWorkspace("fashion-mnist");
  await using editor = await openEditor({
    workspace: workspace.folder,
    trusted: false,
    settings: { "security.workspace.trust.startupPrompt": "never" },
  });
  const { workbench } = editor;
  await workbench.openFile("fashion-mnist/mlp.model.ts");
  await workbench.waitForText("Restricted Mode");
  expect(await workbench.codeLenses()).toEqual([]);
  await workbench.runCommand("Workspaces: Manage Workspace Trust");
  await workbench.page.getByRole("button", { name: "Trust", exact: true }).click();
  await workbench.openFile("fashion-mnist/mlp.model.ts");
  await workbench.poll("the lenses", async () =>
    (await workbench.codeLenses()).includes("266,610 params · (28, 28) → (10)") ? true : undefined,
  );
});
