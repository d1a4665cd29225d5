import { posix } from "node:path";
import * as vscode from "vscode";
import type { ImageFormat } from "../../protocol";

export interface DiagramImage {
  readonly format: ImageFormat;
  readonly model: string;
  /** XML, or a PNG's bytes in base64. */
  readonly content: string;
}

const FORMATS: Readonly<Record<ImageFormat, { label: string; description: string }>> = {
  svg: { label: "SVG", description: "Sharp at every size; text stays text" },
  png: { label: "PNG", description: "Pixels, two for each of the diagram's" },
};

export async function chooseFormat(): Promise<ImageFormat | undefined> {
  const items = (["svg", "png"] as const).map((format) => ({ ...FORMATS[format], format }));
  // A page that had the focus takes it back a moment after the command palette has closed.
  const options = { title: "Export Layer Diagram as", ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.format;
}

/** Characters of a file's name: no file system takes more than 255 bytes. */
const LONGEST_NAME = 60;

/** Asks where to, and writes the picture there. @param folder Where the dialog begins. @throws where it cannot be written there. */
export async function saveDiagram({ format, model, content }: DiagramImage, folder: vscode.Uri): Promise<void> {
  const letters = model.replace(/[^\p{L}\p{N}_.-]+/gu, "_");
  const name = `${Array.from(letters).slice(0, LONGEST_NAME).join("")}.${format}`;
  const target = await vscode.window.showSaveDialog({
    title: "Export Layer Diagram",
    defaultUri: vscode.Uri.joinPath(folder, name),
    filters: { [FORMATS[format].label]: [format] },
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(content, format === "svg" ? "utf8" : "base64"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The diagram of ${model} could not be written to ${target.fsPath} (${reason}). Export it to a folder that you may write to.`,
      { cause: error },
    );
  }
  const open = "Open";
  const choice = await vscode.window.showInformationMessage(`${posix.basename(target.path)} was written.`, open);
  if (choice === open) await vscode.commands.executeCommand("vscode.open", target);
}
