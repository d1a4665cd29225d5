import { basename, isAbsolute } from "node:path";
import * as vscode from "vscode";
import * as z from "zod/mini";
import { inspectModelTool } from "../contributions/languageModelTools";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { ModelDocuments } from "../models/modelDocuments";
import { describeAnalysis } from "./describeAnalysis";

const Input = z.object({ file: z.string() });
type Input = z.infer<typeof Input>;

/** Lets an assistant in the editor ask for a model's shapes, parameters and diagnostics. */
export class InspectModelTool implements vscode.LanguageModelTool<Input>, vscode.Disposable {
  readonly #owned = new Disposables();

  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
  ) {
    this.#owned.add(vscode.lm.registerTool(inspectModelTool, this));
  }

  prepareInvocation({ input }: vscode.LanguageModelToolInvocationPrepareOptions<Input>): vscode.PreparedToolInvocation {
    return { invocationMessage: `Inspecting ${basename(input.file)}` };
  }

  /** @throws where the file is no model file of the workspace: an assistant does not decide what else is evaluated. */
  async invoke({ input }: vscode.LanguageModelToolInvocationOptions<Input>): Promise<vscode.LanguageModelToolResult> {
    const uri = fileOf(Input.parse(input).file);
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined)
      throw new Error(
        `${uri.fsPath} lies in no folder of the workspace and is not evaluated. Name a model file of the workspace.`,
      );
    const { analysis } = await this.documents.analyze(uri);
    const description = describeAnalysis(analysis, {
      models: [...this.hidden.untold(uri, analysis.models)],
      diagnostics: this.hidden.untoldDiagnostics(analysis),
    });
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(description)]);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function fileOf(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return isAbsolute(path) || folder === undefined ? vscode.Uri.file(path) : vscode.Uri.joinPath(folder.uri, path);
}
