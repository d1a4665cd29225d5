import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { fillTemplate, isModelName, templates } from "./modelTemplate";

/**
 * Asks for a folder, a template and a name, writes the model file and opens it.
 *
 * @param argument The folder, where the command comes from a menu.
 * @param templatesFolder Absolute path of the folder with the templates.
 */
export async function newModelFile(argument: unknown, templatesFolder: string): Promise<void> {
  const folder = argument instanceof vscode.Uri ? argument : await chooseFolder();
  if (folder === undefined) return;
  const template = await vscode.window.showQuickPick(templates, { title: "New Model File: Begin With", matchOnDetail: true });
  if (template === undefined) return;
  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, `${name}.model.ts`);
  const name = await vscode.window.showInputBox({
    title: "New Model File",
    prompt: `The model's name; the file goes to ${folder.fsPath} as NAME.model.ts.`,
    value: template.file,
    validateInput: async (text) => {
      if (!isModelName(text)) return "Use letters, digits, - and _, and begin with a letter or digit.";
      return (await exists(fileOf(text).fsPath)) ? `${text}.model.ts is there already.` : undefined;
    },
  });
  if (name === undefined) return;
  const text = await readFile(join(templatesFolder, `${template.file}.model.ts`), "utf8");
  await writeFile(fileOf(name).fsPath, fillTemplate(text, name), { flag: "wx" });
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
