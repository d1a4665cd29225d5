import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import * as vscode from "vscode";
import { layerwise, openText, workspaceFile } from "./editor";

describe("a folder of model files", () => {
  it("gets the declarations of layerwise, out of version control's sight", async () => {
    const { document } = await openText(
      "types/typed.model.ts",
      'import { layers } from "layerwise";\n\nexport const layer = layers.dense(3);\n',
    );
    await (await layerwise()).whenAnalyzed(document.uri);
    const declarations = await vscode.workspace.openTextDocument(await created(".layerwise/types/layerwise/index.d.ts"));
    assert.match(declarations.getText(), /sequential/);
    assert.equal(await readFile(workspaceFile(".layerwise/.gitignore").fsPath, "utf8"), "*\n");
  });

  it("is read again when a file that was missing appears", async () => {
    const text = `import { layers, sequential } from "layerwise";\nimport { units } from "./later";\n`;
    const model = `export const net = sequential({ inputShape: [3] }, [layers.dense(units)]);\n`;
    const { document } = await openText("missing.model.ts", text + model);
    const api = await layerwise();
    const before = await api.whenAnalyzed(document.uri);
    assert.equal(before.models[0]?.totals.params ?? null, null);
    const later = workspaceFile("later.ts");
    await vscode.workspace.fs.writeFile(later, Buffer.from("export const units = 5;\n"));
    try {
      const { models } = await api.whenAnalyzed(document.uri);
      assert.equal(models[0]?.totals.params, 20);
    } finally {
      await rm(later.fsPath);
    }
  });
});

/** The path of a workspace file as soon as it is there. */
async function created(path: string): Promise<vscode.Uri> {
  const uri = workspaceFile(path);
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(workspaceFile("."), path));
  const appeared = new Promise<vscode.Uri>((resolve) => watcher.onDidCreate(resolve));
  const present = vscode.workspace.fs.stat(uri).then(
    () => uri,
    () => appeared,
  );
  try {
    return await Promise.race([present, appeared]);
  } finally {
    watcher.dispose();
  }
}
