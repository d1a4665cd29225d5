import * as vscode from "vscode";

const suffix = ".model.ts";

export const modelFilePattern = `**/*${suffix}`;

/** For providers: model files on a disk. */
export const modelFileSelector: vscode.DocumentFilter = { scheme: "file", pattern: modelFilePattern };

export function isModelFile(uri: vscode.Uri): boolean {
  return uri.scheme === "file" && uri.path.endsWith(suffix);
}

/** A model file that has no place on a disk yet: it must be saved before anything can be said of it. */
export function isUnsavedModelFile(document: vscode.TextDocument): boolean {
  return document.isUntitled && (document.uri.path.endsWith(suffix) || /from\s*["']layerwise["']/.test(document.getText()));
}

/** Whether a file is what another URI names, or lies in that folder. */
export function liesIn(file: vscode.Uri, folder: vscode.Uri): boolean {
  return file.toString() === folder.toString() || (file.scheme === folder.scheme && file.path.startsWith(`${folder.path}/`));
}

/** Where a file is after it, or a folder around it, was renamed; undefined where that does not concern it. */
export function renamedFile(file: vscode.Uri, from: vscode.Uri, to: vscode.Uri): vscode.Uri | undefined {
  if (file.toString() === from.toString()) return to;
  return file.path.startsWith(`${from.path}/`) ? to.with({ path: to.path + file.path.slice(from.path.length) }) : undefined;
}

/** Whether a tab of the window shows a file's text, be it in front or not. */
export function hasTab(file: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === file.toString());
}

/** Where a model file's `.layerwise` folder goes: the workspace folder, or the file's own folder outside of one. */
export function homeFolder(file: vscode.Uri): vscode.Uri {
  return vscode.workspace.getWorkspaceFolder(file)?.uri ?? vscode.Uri.joinPath(file, "..");
}
