import * as vscode from "vscode";
import { AnalysisCancelledError } from "../../client";
import { describeFix, type Fix } from "../../protocol";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { ModelDocuments } from "../models/modelDocuments";
import { modelFileSelector } from "../models/modelFiles";
import { DIAGNOSTIC_SOURCE } from "./diagnostics";

const { QuickFix, SourceFixAll } = vscode.CodeActionKind;
const fixAllKind = SourceFixAll.append("layerwise");

/** How often fixes of the same text are asked for, where analyses cancel them. */
const MOST_ATTEMPTS = 5;

/** Offers the fixes of a model file's diagnostics, and those together that may be applied unseen. */
export class ModelFixProvider implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #owned = new Disposables();

  constructor(
    private readonly documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
  ) {
    this.#owned.add(
      vscode.languages.registerCodeActionsProvider(modelFileSelector, this, { providedCodeActionKinds: [QuickFix, fixAllKind] }),
    );
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { only, diagnostics }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    const { version } = document;
    try {
      for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
        try {
          return await this.#actions(document, { only, diagnostics }, abort.signal);
        } catch (error) {
          if (!(error instanceof AnalysisCancelledError)) throw error;
          // The editor asks again for another text. The same text may have been analysed anew, because a file changed on the disk.
          if (abort.signal.aborted || document.version !== version || document.isClosed) break;
        }
      }
      return [];
    } finally {
      listener.dispose();
    }
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** Fixes are asked for one after the other: the analyzer works one request off at a time. */
  async #actions(
    document: vscode.TextDocument,
    { only, diagnostics }: Pick<vscode.CodeActionContext, "only" | "diagnostics">,
    signal: AbortSignal,
  ): Promise<vscode.CodeAction[]> {
    const actions: vscode.CodeAction[] = [];
    if (only === undefined || only.contains(QuickFix)) {
      for (const diagnostic of diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE))
        actions.push(...(await this.#fixesOf(document, diagnostic, signal)), suppression(document, diagnostic));
    }
    if (only?.contains(fixAllKind) === true) actions.push(...(await this.#fixAll(document, signal)));
    return actions;
  }

  async #fixesOf(
    document: vscode.TextDocument,
    diagnostic: vscode.Diagnostic,
    signal: AbortSignal,
  ): Promise<vscode.CodeAction[]> {
    const { line, character } = diagnostic.range.start;
    const place = { code: codeOf(diagnostic), file: document.uri.fsPath, line: line + 1, column: character + 1 };
    const fixes = await this.documents.fixes(document, place, signal);
    const tellsNumbers = !this.#hidesNumbers(document);
    return fixes.map((fix, index) => {
      const action = new vscode.CodeAction(tellsNumbers ? describeFix(fix) : fix.title, QuickFix);
      action.edit = toWorkspaceEdit(fix);
      action.diagnostics = [diagnostic];
      action.isPreferred = index === 0 && fix.safe === true;
      return action;
    });
  }

  #hidesNumbers({ uri }: vscode.TextDocument): boolean {
    const models = this.documents.get(uri)?.result?.analysis.models ?? [];
    return this.hidden.untold(uri, models).some((model, index) => model !== models[index]);
  }

  async #fixAll(document: vscode.TextDocument, signal: AbortSignal): Promise<vscode.CodeAction[]> {
    const fix = await this.documents.fixAll(document, signal);
    if (fix === null) return [];
    const action = new vscode.CodeAction("Fix all that Layerwise can fix safely", fixAllKind);
    action.edit = toWorkspaceEdit(fix);
    return [action];
  }
}

function suppression(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const code = codeOf(diagnostic);
  const line = document.lineAt(diagnostic.range.start.line);
  const indentation = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const lineBreak = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
  const action = new vscode.CodeAction(`Switch off ${code} for this line`, QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.insert(document.uri, line.range.start, `${indentation}// layerwise-disable-next-line ${code}${lineBreak}`);
  action.diagnostics = [diagnostic];
  return action;
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

function toWorkspaceEdit({ edits }: Fix): vscode.WorkspaceEdit {
  const workspaceEdit = new vscode.WorkspaceEdit();
  for (const { file, range, newText } of edits) {
    const { line, column, endLine, endColumn } = range;
    workspaceEdit.replace(vscode.Uri.file(file), new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1), newText);
  }
  return workspaceEdit;
}
