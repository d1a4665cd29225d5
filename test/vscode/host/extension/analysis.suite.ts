import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnostics, hints, layerwise, lenses, open, replace, restoreDocuments } from "./editor";

describe("analysis in the editor", () => {
  afterEach(restoreDocuments);

  it("shows each layer's shape and parameters beside its call", async () => {
    const { document } = await open("mlp.model.ts");
    await (await layerwise()).whenAnalyzed(document.uri);
    assert.deepEqual(await hints(document), [
      "5: → (784)",
      "6: → (300) · 235,500",
      "7: → (300)",
      "8: → (100) · 30,100",
      "9: → (100)",
      "10: → (10) · 1,010",
    ]);
  });

  it("shows a model's total above it and the training actions above its plan", async () => {
    const { document } = await open("mlp.model.ts");
    await (await layerwise()).whenAnalyzed(document.uri);
    assert.deepEqual(await lenses(document), [
      "4: 266,610 params · (28, 28) → (10)",
      "13: ▶ Train model",
      "13: Monitor",
      "13: Diagram",
    ]);
  });

  it("follows what is typed, without a save", async () => {
    const editor = await open("mlp.model.ts");
    await replace(editor, "dense(100", "dense(50");
    assert.deepEqual((await hints(editor.document)).slice(3), ["8: → (50) · 15,050", "9: → (50)", "10: → (10) · 510"]);
    assert.equal((await lenses(editor.document))[0], "4: 251,060 params · (28, 28) → (10)");
  });

  it("keeps what it knew, marked, while the file does not compile, and lets go of a call that is edited", async () => {
    const editor = await open("mlp.model.ts");
    const api = await layerwise();
    await api.whenAnalyzed(editor.document.uri);
    await replace(editor, "  layers.dense(100", "\n  layers.dense((100");
    await api.whenAnalyzed(editor.document.uri);
    assert.deepEqual(await hints(editor.document), [
      "5: ~ → (784)",
      "6: ~ → (300) · 235,500",
      "7: ~ → (300)",
      "10: ~ → (100)",
      "11: ~ → (10) · 1,010",
    ]);
    assert.deepEqual((await lenses(editor.document)).slice(0, 2), ["4: ~ 266,610 params · (28, 28) → (10)", "14: ▶ Train model"]);
    assert.equal(diagnostics(editor.document).length > 0, true);
    await replace(editor, "((100", "(100");
    await api.whenAnalyzed(editor.document.uri);
    assert.equal((await hints(editor.document))[3], "9: → (100) · 30,100");
    assert.deepEqual(diagnostics(editor.document), []);
  });

  it("counts the layers of a loop together", async () => {
    const { document } = await open("deep.model.ts");
    await (await layerwise()).whenAnalyzed(document.uri);
    const [total] = await lenses(document);
    assert.match(total ?? "", /862,510 params · \(28, 28\) → \(10\)/);
    assert((await hints(document)).some((hint) => hint.endsWith("×60 → (100) · 626,000")));
  });

  it("marks a mistake at its line", async () => {
    const editor = await open("mlp.model.ts");
    await replace(editor, "layers.flatten()", 'layers.conv2d(8, 3, { name: "c" })');
    await (await layerwise()).whenAnalyzed(editor.document.uri);
    const [first] = diagnostics(editor.document);
    assert.equal(first?.range.start.line, 4);
    assert.equal(first.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(typeof first.code, "string");
  });

  it("analyzes a model again when a file that it imports is edited", async () => {
    const { document } = await open("composed.model.ts");
    const api = await layerwise();
    await api.whenAnalyzed(document.uri);
    assert.match((await lenses(document))[0] ?? "", /^\d+: 20 params/);
    await replace(await open("blocks.ts"), "units = 4", "units = 8");
    await api.whenAnalyzed(document.uri);
    assert.match((await lenses(document))[0] ?? "", /^\d+: 40 params/);
  });
});
