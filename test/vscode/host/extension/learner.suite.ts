import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Analysis, LayerSummary } from "../../../../src/protocol";
import { diagnostics, hints, hover, layerwise, lenses, openText, restoreDocuments, withSettings } from "./editor";

/** What tempts to tell a number: an advice about size, a fix with its parameters, a model within a model, an unused bias, a weight that does not fit. */
const TEMPTING = `import { input, Layer, layers, model, sequential, tf, type Tensor, type Weight } from "layerwise";

export const encoder = sequential({ name: "encoder", inputShape: [32, 32, 3] }, [
  layers.conv2d(64, 3, { activation: "relu" }),
  layers.flatten(),
  layers.dense(33),
  layers.batchNormalization(),
  layers.reLU(),
]);
const image = input({ shape: [32, 32, 3] });
export const classifier = model({
  name: "classifier",
  inputs: image,
  outputs: layers.dense(47, { activation: "softmax" })(layers.flatten()(encoder(image))),
});

class Projection extends Layer {
  declare kernel: Weight;
  override build(): void {
    this.kernel = this.addWeight("kernel", [67, 83]);
  }
  override call(x: Tensor): Tensor {
    return tf.matMul(x, tf.reshape(this.kernel, [67, 84]));
  }
}
export const projected = sequential({ name: "projected", inputShape: [67] }, [new Projection()]);
`;

const RENAMED = `import { layers, sequential } from "layerwise";

export const network = sequential({ inputShape: [12] }, [layers.dense(71)]);
network.trainable = false;
`;

describe("a learner who predicts numbers", () => {
  afterEach(restoreDocuments);

  it("is told none of them before, by whatever means", async () => {
    const { document } = await openText("tempting.model.ts", TEMPTING);
    const editor = await vscode.window.showTextDocument(document);
    const analysis = await (await layerwise()).whenAnalyzed(document.uri);
    const secrets = numbersOf(analysis);
    assert(secrets.length > 20, secrets.join());
    assert.match(problems(document), /: 5561 values do not fit into the shape/);
    await withSettings(document, { "hints.predict": true }, async () => {
      const told = [
        ...(await hints(document)),
        ...(await lenses(document)),
        ...(await Promise.all(calls(document).map((call) => hover(editor, call)))),
        problems(document),
        ...(await titlesOfFixes(document)),
        await summaryOf(document),
        JSON.stringify(await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", document.uri)),
        await inspect(document),
      ];
      for (const text of told)
        for (const secret of secrets) assert(!numbersIn(text).includes(secret), `${secret} is told by: ${text.slice(0, 3000)}`);
      assert.match(problems(document), /: \? values do not fit into the shape/);
    });
    assert.match(problems(document), /: 5561 values do not fit into the shape/);
    assert((await titlesOfFixes(document)).some((title) => /params\)$/.test(title)));
  });

  it("finds the same model and the same question after a renaming, some lines further down", async () => {
    const { document } = await openText("renamed.model.ts", RENAMED);
    await withSettings(document, { "hints.predict": true }, async () => {
      const api = await layerwise();
      await api.whenAnalyzed(document.uri);
      const position = document.positionAt(RENAMED.indexOf("network"));
      const id = "vscode.executeDocumentRenameProvider";
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(id, document.uri, position, "perceptron");
      edit.insert(document.uri, new vscode.Position(2, 0), "// A comment.\n\n");
      assert(await vscode.workspace.applyEdit(edit));
      assert.match(document.getText(), /^perceptron\.trainable = false;/m);
      const { models, diagnostics: found } = await api.whenAnalyzed(document.uri);
      assert.deepEqual([models.map((model) => model.export), found], [["perceptron"], []]);
      assert.deepEqual(await hints(document), ["5: → (71) · ? params"]);
    });
  });
});

/** Parameters, bytes and FLOPs of layers and models, as they may be written. */
function numbersOf({ models }: Analysis): string[] {
  const layers = models.flatMap((model) => model.layers).flatMap(withParts);
  const counts = [...layers, ...models.map(({ totals }) => totals)].flatMap(({ params, bytes, flops }) => [params, bytes, flops]);
  return [...new Set(counts)].flatMap((count) =>
    (count ?? 0) < 200 ? [] : [String(count), (count ?? 0).toLocaleString("en-US")],
  );
}

function withParts(layer: LayerSummary): LayerSummary[] {
  return [layer, ...(layer.layers ?? []).flatMap(withParts)];
}

function numbersIn(text: string): string[] {
  return text.replaceAll("\\", "").match(/\d[\d,]*/g) ?? [];
}

function calls(document: vscode.TextDocument): string[] {
  return [...document.getText().matchAll(/\b(layers\.\w+|sequential|model)\(/g)].map(([call]) => call);
}

function problems(document: vscode.TextDocument): string {
  return diagnostics(document)
    .map(({ message }) => message)
    .join("\n");
}

async function titlesOfFixes(document: vscode.TextDocument): Promise<string[]> {
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const id = "vscode.executeCodeActionProvider";
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(id, document.uri, everything);
  return actions.map(({ title }) => title);
}

async function summaryOf({ uri }: vscode.TextDocument): Promise<string> {
  await vscode.commands.executeCommand("layerwise.showSummary", uri);
  const shown = vscode.window.activeTextEditor?.document;
  assert.equal(shown?.uri.scheme, "layerwise-summary");
  return shown.getText();
}

async function inspect({ uri }: vscode.TextDocument): Promise<string> {
  const options = { input: { file: uri.fsPath }, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool("layerwise_inspectModel", options);
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
}
