import * as vscode from "vscode";
import type { Analyzed } from "../../../src/client";
import { HiddenNumbers } from "../../../src/extension/learning/hiddenNumbers";
import { ModelDocument } from "../../../src/extension/models/modelDocument";
import type { ModelDocuments } from "../../../src/extension/models/modelDocuments";
import type { Analysis } from "../../../src/protocol";
import { modelFile } from "./fixtures";

export const uri = vscode.Uri.file(modelFile);

type OpenModel = Pick<ModelDocuments, "get" | "analyze" | "open" | "onDidAnalyze" | "onDidClose">;

/** The only open model file, each analysis of which ends in the next of those given. It has been analyzed once. */
export async function openModel(...results: Partial<Analyzed>[]): Promise<OpenModel> {
  // Lines of 100 characters.
  const text = {
    uri,
    version: 1,
    isDirty: false,
    isClosed: false,
    offsetAt: placeOf,
    positionAt,
  } as Partial<vscode.TextDocument>;
  const document = new ModelDocument(text as vscode.TextDocument, () => Promise.resolve(analyzed(results.shift())));
  await document.refresh();
  return {
    get: () => document,
    analyze: () => document.refresh(),
    open: () => Promise.resolve(),
    onDidAnalyze: document.onDidAnalyze,
    onDidClose: new vscode.EventEmitter<vscode.Uri>().event,
  };
}

export function hiddenNumbers(): HiddenNumbers {
  const store: Partial<vscode.Memento> = { get: () => undefined, update: () => Promise.resolve() };
  return new HiddenNumbers(store as vscode.Memento);
}

function analyzed(result: Partial<Analyzed> = {}): Analyzed {
  const analysis: Analysis = { models: [], plans: [], diagnostics: [], documentation: [] };
  return { type: "analyzed", id: 1, analysis, sources: [modelFile], complete: true, ...result } as Analyzed;
}

function positionAt(offset: number): vscode.Position {
  return new vscode.Position(Math.floor(offset / 100), offset % 100);
}

function placeOf({ line, character }: vscode.Position): number {
  return line * 100 + character;
}
