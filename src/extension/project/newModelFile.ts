import { access, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import { isModelName, modelTemplate } from "./modelTemplate";

/** Asks for a folder and a name, writes a first model and opens it. @param argument The folder, where the command comes from a menu. */
export async function newModelFile(argument: unknown): Promise<void> {
  const folder = argument instanceof vscode.Uri ? argument : await chooseFolder();
  if (folder === undefined) return;
  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, `${name}.model.ts`);
  const name = await vscode.window.showInputBox({
    title: "New Model File",
    prompt: `The model's name; the file goes to ${folder.fsPath} as NAME.model.ts.`,
    value: "mlp",
    validateInput: async (text) => {
      if (!isModelName(text)) return "Use letters, digits, - and _, and begin with a letter or digit.";
      return (await exists(fileOf(text).fsPath)) ? `${text}.model.ts is there already.` : undefined;
    },
  });
  if (name === undefined) return;
  await writeFile(fileOf(name).fsPath, modelTemplate(name), { flag: "wx" });
  await vscode.window.showTextDocument(fileOf(name));
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (folders[0] !== undefined) return folders[0].uri;
  const options = { canSelectFiles: false, canSelectFolders: true, openLabel: "Create Model File Here" };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
