import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { LayerwiseApi } from "../../../../src/extension/main";

/** The extension as another extension sees it. */
export async function layerwise(): Promise<LayerwiseApi> {
  const extension = vscode.extensions.getExtension<LayerwiseApi>("layerwise.layerwise");
  assert(extension, "The extension is not installed.");
  return extension.activate();
}

/** A file of the workspace. */
export function workspaceFile(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert(folder, "No folder is open.");
  return vscode.Uri.file(join(folder.uri.fsPath, name));
}

export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(workspaceFile(name)));
}

/** Writes a file of the workspace, under a name that no other test has, and shows it. */
export async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(workspaceFile(name), Buffer.from(text));
  return open(name);
}

/** The hints of a whole file, as `line: label`. */
export async function hints({ uri, lineCount }: vscode.TextDocument): Promise<string[]> {
  const range = new vscode.Range(0, 0, lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", uri, range);
  // The TypeScript server may have hints of its own.
  const ours = found.filter((hint) => labelOf(hint).includes("→"));
  return ours.map((hint) => `${hint.position.line + 1}: ${labelOf(hint)}`);
}

function labelOf({ label }: vscode.InlayHint): string {
  return typeof label === "string" ? label : label.map(({ value }) => value).join("");
}

/** What hovers say where a text stands first. */
export async function hover({ document }: vscode.TextEditor, text: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(text));
  const found = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, position);
  const contents = found.flatMap((item) => item.contents as (vscode.MarkdownString | string)[]);
  return contents.map((content) => (typeof content === "string" ? content : content.value)).join("\n");
}

/** Runs with settings of the workspace folder, which are as before afterwards. */
export async function withSettings(
  { uri }: vscode.TextDocument,
  values: Readonly<Record<string, unknown>>,
  body: () => Promise<void>,
): Promise<void> {
  const settings = vscode.workspace.getConfiguration("layerwise", uri);
  const target = vscode.ConfigurationTarget.WorkspaceFolder;
  try {
    for (const [name, value] of Object.entries(values)) await settings.update(name, value, target);
    await body();
  } finally {
    for (const name of Object.keys(values)) await settings.update(name, undefined, target);
  }
}

/** The lenses of a file, as `line: title`. */
export async function lenses({ uri }: vscode.TextDocument): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri);
  return found.map(({ range, command }) => `${range.start.line + 1}: ${command?.title ?? ""}`);
}

/** What Layerwise, not TypeScript, says about a file. */
export function diagnostics({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "Layerwise");
}

/** Replaces the only occurrence of a text. */
export async function replace(editor: vscode.TextEditor, text: string, replacement: string): Promise<void> {
  const { document } = editor;
  const offset = document.getText().indexOf(text);
  assert(offset >= 0, `${document.fileName} does not contain ${text}`);
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
  assert(await editor.edit((builder) => builder.replace(range, replacement)));
}

/** Gives every changed document the text that it has on the disk. */
export async function restoreDocuments(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    const edit = new vscode.WorkspaceEdit();
    const everything = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, everything, await readFile(document.uri.fsPath, "utf8"));
    assert(await vscode.workspace.applyEdit(edit));
    assert(await document.save());
  }
}

/** Resolves with the answer to a question that an event may have changed. */
export function until<T>(source: vscode.Event<unknown>, ask: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const answer = (): void => {
      try {
        const result = ask();
        if (result === undefined) return;
        resolve(result);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      listener.dispose();
    };
    const listener = source(answer);
    answer();
  });
}
