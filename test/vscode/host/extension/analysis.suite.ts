import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnostics, hints, layerwise, lenses, open, openText, replace, restoreDocuments, withSettings } from "./editor";

describe("analysis in the editor", () => {
  afterEach(restoreDocuments);

  it("shows each layer's shape and parameters beside its call", async () => {
    const { document } = await open("fashion-mnist/mlp.model.ts");
    await (await layerwise()).whenAnalyzed(document.uri);
    assert.deepEqual(await hints(document), [
      "8: → (784)",
      "9: → (300) · 235,500",
      "10: → (300)",
      "11: → (100) · 30,100",
      "12: → (100)",
      "13: → (10) · 1,010",
    ]);
  });

  it("shows a model's total above it and the training actions above its plan", async () => {
    const { document } = await open("fashion-mnist/mlp.model.ts");
    await (await layerwise()).whenAnalyzed(document.uri);
    assert.deepEqual(await lenses(document), [
      "7: 266,610 params · (28, 28) → (10)",
      "16: ▶ Train model",
      "16: Monitor",
      "16: Diagram",
    ]);
  });

  it("follows what is typed, without a save", async () => {
    const editor = await open("fashion-mnist/mlp.model.ts");
    await replace(editor, "dense(100", "dense(50");
    assert.deepEqual((await hints(editor.document)).slice(3), ["11: → (50) · 15,050", "12: → (50)", "13: → (10) · 510"]);
    assert.equal((await lenses(editor.document))[0], "7: 251,060 params (−15,550) · (28, 28) → (10) · FLOPs −31,000");
  });

  it("keeps what it knew, marked, while the file does not compile, and lets go of a call that is edited", async () => {
    const editor = await open("fashion-mnist/mlp.model.ts");
    const api = await layerwise();
    await api.whenAnalyzed(editor.document.uri);
    await replace(editor, "  layers.dense(100", "\n  layers.dense((100");
    await api.whenAnalyzed(editor.document.uri);
    assert.deepEqual(await hints(editor.document), [
      "8: ~ → (784)",
      "9: ~ → (300) · 235,500",
      "10: ~ → (300)",
      "13: ~ → (100)",
      "14: ~ → (10) · 1,010",
    ]);
    assert.deepEqual((await lenses(editor.document)).slice(0, 2), ["7: ~ 266,610 params · (28, 28) → (10)", "17: ▶ Train model"]);
    assert.equal(diagnostics(editor.document).length > 0, true);
    await replace(editor, "((100", "(100");
    await api.whenAnalyzed(editor.document.uri);
    assert.equal((await hints(editor.document))[3], "12: → (100) · 30,100");
    assert.deepEqual(diagnostics(editor.document), []);
  });

  it("counts the layers of a loop together", async () => {
    const { document } = await open("fashion-mnist/deep.model.ts");
    await (await layerwise()).whenAnalyzed(document.uri);
    const [total] = await lenses(document);
    assert.match(total ?? "", /862,510 params · \(28, 28\) → \(10\)/);
    assert((await hints(document)).some((hint) => hint.endsWith("×60 → (100) · 626,000")));
  });

  it("marks a mistake at its line", async () => {
    const editor = await open("fashion-mnist/mlp.model.ts");
    await replace(editor, "layers.flatten()", 'layers.conv2d(8, 3, { name: "c" })');
    await (await layerwise()).whenAnalyzed(editor.document.uri);
    const [first] = diagnostics(editor.document);
    assert.equal(first?.range.start.line, 7, first?.message);
    assert.equal(first.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(typeof first.code, "object");
  });

  it("analyzes a model again when a file that it imports is edited", async () => {
    const helper = await openText("blocks.ts", "export const units = 4;\n");
    const { document } = await openText(
      "composed.model.ts",
      `import { layers, sequential } from "layerwise";
import { units } from "./blocks";
export const composed = sequential({ inputShape: [4] }, [layers.dense(units)]);
`,
    );
    const api = await layerwise();
    await api.whenAnalyzed(document.uri);
    assert.deepEqual(await hints(document), ["3: → (4) · 20"]);
    await replace(await vscode.window.showTextDocument(helper.document), "units = 4", "units = 8");
    await api.whenAnalyzed(document.uri);
    assert.deepEqual(await hints(document), ["3: → (8) · 40"]);
  });

  it("shows neither hints nor lenses where they are switched off", async () => {
    const { document } = await open("fashion-mnist/mlp.model.ts");
    await withSettings(document, { "hints.display": "off", "codeLens.enabled": false }, async () => {
      assert.deepEqual([await hints(document), await lenses(document)], [[], []]);
    });
    assert.equal((await hints(document)).length, 6);
  });

  const mistakes = [
    { code: "exception", line: 3, text: `import "layerwise";\n\nthrow new Error("boom");\n` },
    { code: "evaluation-timeout", line: 3, text: `import "layerwise";\n\nfor (;;) {}\n` },
    { code: "missing-package", line: 2, text: `import "layerwise";\nimport "no-such-package";\n` },
    { code: "no-model", line: 1, text: `import { layers } from "layerwise";\nlayers.dense(3);\n` },
  ];
  for (const { code, line, text } of mistakes) {
    it(`reports ${code} at its line`, async () => {
      const { document } = await openText(`${code}.model.ts`, text);
      await (await layerwise()).whenAnalyzed(document.uri);
      assert.deepEqual(
        diagnostics(document).map(({ code: found, range }) => [typeof found === "object" && found.value, range.start.line + 1]),
        [[code, line]],
      );
    });
  }
});
