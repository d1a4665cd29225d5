import * as vscode from "vscode";
import type { Analysis, Diagnostic } from "../../protocol";
import { Disposables } from "../disposables";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { ModelDocuments } from "../models/modelDocuments";
import type { DiagnosticDocumentation } from "./diagnosticDocumentation";

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const satisfies Record<Diagnostic["severity"], vscode.DiagnosticSeverity>;

/** What tells Layerwise's diagnostics from others. */
export const DIAGNOSTIC_SOURCE = "Layerwise";

/** What one model file's analysis found, and what is shown of it: a message may tell a number that the learner is still to predict. */
interface Report {
  readonly analysis: Analysis;
  readonly shown: readonly Diagnostic[];
}

/** Publishes what the analyses found, also in the files that a model imports. */
export class ModelDiagnostics implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #collection = this.#owned.add(vscode.languages.createDiagnosticCollection("layerwise"));
  /** By model file: several models may report the same file. */
  readonly #reports = new Map<string, Report>();

  constructor(
    documents: ModelDocuments,
    private readonly hidden: HiddenNumbers,
    private readonly documentation: DiagnosticDocumentation,
  ) {
    this.#owned.add(documents.onDidAnalyze(({ document, result }) => this.#report(document.uri.toString(), result?.analysis)));
    this.#owned.add(documents.onDidClose((uri) => this.#report(uri.toString(), undefined)));
    this.#owned.add(
      hidden.onDidChange(() => {
        for (const [model, { analysis }] of [...this.#reports]) this.#report(model, analysis);
      }),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #report(model: string, analysis: Analysis | undefined): void {
    const before = this.#reports.get(model)?.shown ?? [];
    const shown = analysis === undefined ? [] : this.hidden.untoldDiagnostics(analysis);
    if (analysis !== undefined && shown.length > 0) this.#reports.set(model, { analysis, shown });
    else this.#reports.delete(model);
    this.#publish(new Set([...before, ...shown].map(({ file }) => file)));
  }

  #publish(files: Iterable<string>): void {
    const all = [...this.#reports.values()].flatMap((report) => report.shown);
    for (const file of files) {
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
