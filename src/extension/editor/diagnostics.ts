import * as vscode from "vscode";
import type { Diagnostic } from "../../protocol";
import { Disposables } from "../disposables";
import type { ModelDocuments } from "../models/modelDocuments";
import type { DiagnosticDocumentation } from "./diagnosticDocumentation";

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const satisfies Record<Diagnostic["severity"], vscode.DiagnosticSeverity>;

/** What tells Layerwise's diagnostics from others. */
export const DIAGNOSTIC_SOURCE = "Layerwise";

/** Publishes what the analyses found, also in the files that a model imports. */
export class ModelDiagnostics implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #collection = this.#owned.add(vscode.languages.createDiagnosticCollection("layerwise"));
  /** By model file: several models may report the same file. */
  readonly #reports = new Map<string, readonly Diagnostic[]>();

  constructor(
    documents: ModelDocuments,
    private readonly documentation: DiagnosticDocumentation,
  ) {
    this.#owned.add(
      documents.onDidAnalyze(({ document, result }) => this.#publish(document.uri, result?.analysis.diagnostics ?? [])),
    );
    this.#owned.add(documents.onDidClose((uri) => this.#publish(uri, [])));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #publish(model: vscode.Uri, diagnostics: readonly Diagnostic[]): void {
    const before = this.#reports.get(model.toString()) ?? [];
    if (diagnostics.length > 0) this.#reports.set(model.toString(), diagnostics);
    else this.#reports.delete(model.toString());
    const all = [...this.#reports.values()].flat();
    for (const file of new Set([...before, ...diagnostics].map((diagnostic) => diagnostic.file))) {
      const ofFile = all.filter((diagnostic) => diagnostic.file === file);
      const unique = new Map(ofFile.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
      this.#collection.set(
        vscode.Uri.file(file),
        [...unique.values()].map((diagnostic) => this.#toDiagnostic(diagnostic)),
      );
    }
  }

  #toDiagnostic({ severity, code, message, line, column, endLine, endColumn }: Diagnostic): vscode.Diagnostic {
    const range = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
    const diagnostic = new vscode.Diagnostic(range, message, severities[severity]);
    diagnostic.source = DIAGNOSTIC_SOURCE;
    diagnostic.code = { value: code, target: this.documentation.of(code) };
    return diagnostic;
  }
}
