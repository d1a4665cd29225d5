import * as vscode from "vscode";
import type { CommandId } from "./contributions/commands";

/** What a command works on. */
export interface CommandTarget {
  readonly uri: vscode.Uri;
  /** The export that holds the plan. */
  readonly plan?: string | undefined;
  /** The model's name, by which its runs go. */
  readonly model?: string | undefined;
  /** The model's key, by which it is drawn and explained. */
  readonly key?: string | undefined;
  /** The name of a layer of the model. */
  readonly layer?: string | undefined;
}

/** A link to a command in Markdown that is trusted to run it. */
export function commandLink(title: string, command: CommandId, { uri, ...target }: CommandTarget): string {
  const argument = encodeURIComponent(JSON.stringify([{ uri: uri.toString(), ...target }]));
  return `[${title}](command:${command}?${argument})`;
}

/** Reads a command's argument: a lens or a link gives a target, a menu a file, the command palette nothing, which stands for the active editor. */
export function commandTarget(argument: unknown): CommandTarget | undefined {
  if (argument instanceof vscode.Uri) return { uri: argument };
  if (typeof argument === "object" && argument !== null && "uri" in argument) {
    const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
    const uri = typeof argument.uri === "string" ? vscode.Uri.parse(argument.uri) : argument.uri;
    if (!(uri instanceof vscode.Uri)) return undefined;
    return {
      uri,
      plan: "plan" in argument ? text(argument.plan) : undefined,
      model: "model" in argument ? text(argument.model) : undefined,
      key: "key" in argument ? text(argument.key) : undefined,
      layer: "layer" in argument ? text(argument.layer) : undefined,
    };
  }
  const document = vscode.window.activeTextEditor?.document;
  return document === undefined ? undefined : { uri: document.uri };
}
