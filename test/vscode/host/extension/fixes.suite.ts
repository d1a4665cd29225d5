import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnostics, layerwise, openText, replace, restoreDocuments, until } from "./editor";

const WRONG = `import { layers, sequential } from "layerwise";

export const network = sequential({ inputShape: [8, 8] }, [
  layers.conv2d(4, 3, { activation: "relu" }),
  layers.flatten(),
  layers.flatten(),
  layers.dense(2, { activation: "softmax" }),
]);
`;

async function analyzed(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  await (await layerwise()).whenAnalyzed(document.uri);
  return diagnostics(document);
}

async function actions(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const command = "vscode.executeCodeActionProvider";
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(command, uri, range, kind?.value);
  return found.filter(({ edit }) => edit !== undefined);
}

/** Milliseconds after which a key is pressed again for the first time. */
const PRESS_AGAIN = 500;

/**
 * Runs a command of the editor as a key does, again until it has had its effect: the editor ignores a key it is not ready for, and its own look for
 * fixes, for the light bulb, takes the place of one that was asked for by key. So does a second press: each one is given twice the time of the last.
 */
async function press(command: string, hasEffect: () => boolean): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const pressAndWait = (patience: number): void => {
    void vscode.commands.executeCommand(command);
    timer = setTimeout(() => pressAndWait(2 * patience), patience);
  };
  try {
    const effect = until(vscode.workspace.onDidChangeTextDocument, () => (hasEffect() ? true : undefined));
    pressAndWait(PRESS_AGAIN);
    await effect;
  } finally {
    clearTimeout(timer);
  }
}

describe("diagnostics and their fixes in the editor", () => {
  afterEach(restoreDocuments);

  it("have a code that leads to its documentation", async () => {
    const { document } = await openText("documented.model.ts", WRONG);
    const [first] = await analyzed(document);
    assert(typeof first?.code === "object");
    assert.equal(first.code.value, "shape-mismatch");
    const { target } = first.code;
    const page = await vscode.workspace.openTextDocument(target.with({ fragment: "" }));
    assert.equal(page.lineAt(Number(target.fragment.slice(1)) - 1).text, "## shape-mismatch");
  });

  it("are applied, and the diagnostic is gone", async () => {
    const { document } = await openText("fixed.model.ts", WRONG);
    const [first] = await analyzed(document);
    assert(first);
    const offered = await actions(document, first.range, vscode.CodeActionKind.QuickFix);
    assert.deepEqual(
      offered.map(({ title }) => title),
      ["Insert layers.reshape([8, 8, 1]) (330 params)", "Switch off shape-mismatch for this line"],
    );
    const [fix] = offered;
    assert(fix?.edit);
    assert(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.lineAt(3).text, "  layers.reshape([8, 8, 1]),");
    assert.deepEqual(
      (await analyzed(document)).map(({ code }) => typeof code === "object" && code.value),
      ["superfluous-flatten"],
    );
  });

  it("are applied by keyboard: the preferred one", async () => {
    const editor = await openText("preferred.model.ts", WRONG.replace("[8, 8]", "[8, 8, 1]"));
    const { document } = editor;
    const [first] = await analyzed(document);
    assert(first);
    editor.selection = new vscode.Selection(first.range.start, first.range.start);
    await press("editor.action.autoFix", () => document.isDirty);
    assert.equal(document.getText(), WRONG.replace("[8, 8]", "[8, 8, 1]").replace("  layers.flatten(),\n", ""));
    assert.deepEqual(await analyzed(document), []);
  });

  it("are applied all together where that is safe", async () => {
    const { document } = await openText("all.model.ts", WRONG.replace("[8, 8]", "[8, 8, 1]"));
    await analyzed(document);
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    const [fix] = await actions(document, everything, vscode.CodeActionKind.SourceFixAll.append("layerwise"));
    assert(fix?.edit);
    assert(await vscode.workspace.applyEdit(fix.edit));
    assert.deepEqual(await analyzed(document), []);
  });

  it("can be switched off for a line and by the setting", async () => {
    const editor = await openText("switched.model.ts", WRONG.replace("[8, 8]", "[8, 8, 1]"));
    const { document } = editor;
    const [first] = await analyzed(document);
    assert(first);
    const suppression = (await actions(document, first.range)).find(({ title }) => title.startsWith("Switch off"));
    assert(suppression?.edit);
    assert(await vscode.workspace.applyEdit(suppression.edit));
    assert.deepEqual(await analyzed(document), []);
    await replace(editor, "  // layerwise-disable-next-line superfluous-flatten\n", "");
    assert.equal((await analyzed(document)).length, 1);
    const settings = vscode.workspace.getConfiguration("layerwise", document.uri);
    const target = vscode.ConfigurationTarget.WorkspaceFolder;
    try {
      await settings.update("diagnostics.disabled", ["superfluous-flatten"], target);
      await until(vscode.languages.onDidChangeDiagnostics, () => (diagnostics(document).length === 0 ? true : undefined));
    } finally {
      await settings.update("diagnostics.disabled", undefined, target);
    }
  });
});
