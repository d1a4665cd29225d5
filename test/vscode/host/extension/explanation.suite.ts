import assert from "node:assert/strict";
import * as vscode from "vscode";
import { hints, hover, layerwise, lenses, open, openText, restoreDocuments, withSettings, workspaceFile } from "./editor";

async function openMlp(): Promise<vscode.TextEditor> {
  const editor = await open("fashion-mnist/mlp.model.ts");
  await (await layerwise()).whenAnalyzed(editor.document.uri);
  return editor;
}

describe("explanations in the editor", () => {
  afterEach(restoreDocuments);

  it("derives a layer's parameters where its call is hovered over, with pictures that fit", async () => {
    const text = await hover(await openMlp(), "layers.dense(300");
    assert.match(text, /!\[28·28 inputs × 300 units \(kernel\) \+ 300 units \(bias\) = 235,500 parameters\]/);
    assert.equal(text.match(/data:image\/svg\+xml;base64,/g)?.length, 2);
    assert.match(text, /\| Parameters \| &emsp;235,500 \| &emsp;88\.3 % \|/);
    assert.match(text, /https:\/\/keras\.io\/api\/layers\/core_layers\/dense\//);
    assert(text.length < 100_000);
  });

  it("explains a model where its name or its call is", async () => {
    const editor = await openMlp();
    for (const place of ["mlp = ", "sequential({"]) assert.match(await hover(editor, place), /266\\?,610 parameters/);
    assert.doesNotMatch(await hover(editor, "kernelInitializer"), /parameters/);
  });

  it("shows layers as lenses, or compactly, where that is set", async () => {
    const { document } = await openMlp();
    await withSettings(document, { "hints.display": "lens" }, async () => {
      assert.deepEqual(await hints(document), []);
      assert((await lenses(document)).includes("9: → (300) · 235,500 params"));
    });
    await withSettings(document, { "hints.detail": "compact" }, async () => {
      assert.deepEqual(await hints(document), ["8: → (784)", "9: → (300) · 236k", "11: → (100) · 30.1k", "13: → (10) · 1.01k"]);
    });
  });

  it("hides numbers until they are predicted, in hints, lenses, hovers, the summary and the outline", async () => {
    const editor = await openMlp();
    const { document } = editor;
    await withSettings(document, { "hints.predict": true }, async () => {
      assert.deepEqual((await hints(document)).slice(0, 3), ["8: → (784)", "9: → (300) · ? params", "10: → (300)"]);
      assert.equal((await lenses(document))[0], "7: ? params · (28, 28) → (10) · 0 of 3 predicted");
      assert.doesNotMatch(await hover(editor, "layers.dense(300"), /235.?500/);
      assert.match(await hover(editor, "layers.dense(300"), /command:layerwise\.predictNumber/);
      assert.doesNotMatch(JSON.stringify(await symbols(document)), /235,500/);
      assert.doesNotMatch((await summary(document)).getText(), /235,500|266,610/);
      const told = await inspect("fashion-mnist/mlp.model.ts");
      assert.doesNotMatch(told, /235.?500|266.?610|470.?400/);
      assert.match(told, /still to be predicted/);
    });
    assert.equal((await hints(document))[1], "9: → (300) · 235,500");
  });

  it("shows Keras's table, whose rows lead to the lines", async () => {
    const { document } = await openMlp();
    const table = await summary(document);
    assert.match(table.getText(), /│ dense \(Dense\) +│ \(None, 300\) +│ +235,500 │/);
    assert.match(table.getText(), /Total params: 266,610 \(1\.02 MB\)/);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", table.uri);
    const targets = links.map(({ range, target }) => [table.getText(range), target?.fsPath, target?.fragment]);
    assert.deepEqual(targets[1], ["dense", document.uri.fsPath, "L9,3"]);
  });

  it("outlines a file by its models, layers and plans", async () => {
    const { document } = await openMlp();
    const outline = await symbols(document);
    const model = outline.find(({ name, kind }) => name === "mlp" && kind === vscode.SymbolKind.Module);
    assert.deepEqual(model?.children.map(({ name, detail }) => `${name}: ${detail}`).slice(0, 3), [
      "flatten: Flatten · → (784)",
      "dense: Dense · → (300) · 235,500",
      "leaky_re_lu: LeakyReLU · → (300)",
    ]);
    assert(outline.some(({ detail }) => detail === "trains mlp"));
  });

  it("offers snippets where a statement or a layer may stand, and nowhere else", async () => {
    const { document } = await openText("snippets.model.ts", 'import "layerwise";\n\nlayers.\n"a"\n');
    const offered = async (line: number, column: number): Promise<string[]> => {
      const position = new vscode.Position(line, column);
      const id = "vscode.executeCompletionItemProvider";
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(id, document.uri, position);
      return items.flatMap(({ label }) => (typeof label !== "string" && label.description === "Layerwise" ? label.label : []));
    };
    assert((await offered(1, 0)).includes("trainPlan"));
    assert.deepEqual([await offered(2, 7), await offered(3, 2)], [[], []]);
  });

  it("leads from a data file's path to the file", async () => {
    const { document } = await openText("linked.model.ts", 'import { csv } from "layerwise";\ncsv("data/points.csv");\n');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri);
    const found = links.map(({ range, target }) => [document.getText(range), target?.fsPath]);
    assert.deepEqual(found, [["data/points.csv", workspaceFile("data/points.csv").fsPath]]);
  });

  it("tells a language model what a file holds, and nothing of files outside the workspace", async () => {
    assert(vscode.lm.tools.some(({ name }) => name === "layerwise_inspectModel"));
    const told = JSON.parse(await inspect("fashion-mnist/mlp.model.ts")) as { models: { totals: { params: number } }[] };
    assert.equal(told.models[0]?.totals.params, 266_610);
    await assert.rejects(inspect("/tmp/elsewhere.model.ts"), /lies in no folder of the workspace/);
  });
});

async function symbols({ uri }: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  return vscode.commands.executeCommand<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", uri);
}

/** What an assistant in the editor is told. */
async function inspect(file: string): Promise<string> {
  const options = { input: { file }, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool("layerwise_inspectModel", options);
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
}

/** The summary as its command shows it. */
async function summary({ uri }: vscode.TextDocument): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand("layerwise.showSummary", uri);
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, "layerwise-summary");
  return document;
}
