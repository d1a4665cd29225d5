import * as vscode from "vscode";
import type { MonitorRequest } from "../../protocol";

/** Shows a line of the source: in the editor that has the file already, else at the left. The page may know a file that is gone by now. */
export async function revealSource({ file, line, column, focus }: Extract<MonitorRequest, { type: "reveal" }>): Promise<void> {
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const selection = new vscode.Range(position, position);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file);
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn, selection, preserveFocus: !focus });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `Line ${line} of ${file} cannot be shown (${reason}). If the file was renamed or deleted, open the one that has the model now.`,
    );
  }
}
