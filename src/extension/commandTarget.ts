import * as vscode from "vscode";

/** What a command works on. */
export interface CommandTarget {
  readonly uri: vscode.Uri;
  /** The export that holds the plan. */
  readonly plan?: string | undefined;
  /** The model's name. */
  readonly model?: string | undefined;
}

/** Reads a command's argument: a lens gives a target, a menu a file, the command palette nothing, which stands for the active editor. */
export function commandTarget(argument: unknown): CommandTarget | undefined {
  if (argument instanceof vscode.Uri) return { uri: argument };
  if (typeof argument === "object" && argument !== null && "uri" in argument && argument.uri instanceof vscode.Uri) {
    const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
    return {
      uri: argument.uri,
      plan: "plan" in argument ? text(argument.plan) : undefined,
      model: "model" in argument ? text(argument.model) : undefined,
    };
  }
  const document = vscode.window.activeTextEditor?.document;
  return document === undefined ? undefined : { uri: document.uri };
}
