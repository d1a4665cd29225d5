import * as vscode from "vscode";
import { AnalyzerClient, startTrainer } from "../client";
import type { Analysis } from "../protocol";
import { CommandHandlers } from "./commandHandlers";
import { Disposables } from "./disposables";
import { ModelLensProvider } from "./editor/codeLenses";
import { DataLinks } from "./editor/dataLinks";
import { ModelFixProvider } from "./editor/codeActions";
import { DiagnosticDocumentation } from "./editor/diagnosticDocumentation";
import { ModelDiagnostics } from "./editor/diagnostics";
import { ModelHoverProvider } from "./editor/hovers";
import { HoverTexts } from "./editor/hoverTexts";
import { LayerHintsProvider } from "./editor/inlayHints";
import { ModelLanguageStatus } from "./editor/languageStatus";
import { ModelOutline } from "./editor/outline";
import { SnippetCompletions } from "./editor/snippetCompletions";
import { ModelSummaries } from "./editor/summaries";
import { HiddenNumbers } from "./learning/hiddenNumbers";
import { ModelDocuments } from "./models/modelDocuments";
import { Monitor } from "./monitor/monitor";
import { ModelTypes } from "./project/modelTypes";
import { InspectModelTool } from "./tools/inspectModelTool";
import { EpochPace } from "./training/epochPace";
import { notifyEnd } from "./training/trainingNotices";
import { TrainingStatus } from "./training/trainingStatus";
import { Trainings } from "./training/trainings";

/** What other extensions can ask Layerwise. */
export interface LayerwiseApi {
  /** The analysis of a model file's newest text. @throws where the file may not be or could not be evaluated. */
  whenAnalyzed(uri: vscode.Uri): Promise<Analysis>;
  readonly trainings: Pick<Trainings, "active" | "find" | "onDidChange" | "onDidEnd">;
  readonly monitor: Pick<Monitor, "subject" | "visible">;
}

let trainings: Trainings | undefined;

export function activate(context: vscode.ExtensionContext): LayerwiseApi {
  const owned = new Disposables();
  context.subscriptions.push(owned);
  const log = owned.add(vscode.window.createOutputChannel("Layerwise", { log: true }));
  const script = (name: string): string => vscode.Uri.joinPath(context.extensionUri, "dist", name).fsPath;

  const analyzer = owned.add(
    new AnalyzerClient({ script: script("analyzer.js"), log: (line) => log.info(`[analyzer] ${line}`) }),
  );
  const documents = owned.add(new ModelDocuments(analyzer, log));
  const runs = owned.add(new Trainings((training) => startTrainer({ script: script("trainer.js"), ...training }), log));
  const hidden = owned.add(new HiddenNumbers(context.workspaceState));
  const monitor = owned.add(new Monitor(context, documents, runs, hidden, log));
  trainings = runs;

  const templates = vscode.Uri.joinPath(context.extensionUri, "media/templates").fsPath;
  const hoverTexts = new HoverTexts(documents, hidden);
  const summaries = owned.add(new ModelSummaries(documents, hidden));

  owned.add(new LayerHintsProvider(documents, hidden, hoverTexts));
  owned.add(new ModelLensProvider(documents, hidden, owned.add(new EpochPace(runs))));
  owned.add(new ModelHoverProvider(documents, hoverTexts));
  owned.add(new ModelOutline(documents, hidden));
  owned.add(new SnippetCompletions());
  owned.add(new DataLinks());
  owned.add(new InspectModelTool(documents, hidden));
  const documentation = new DiagnosticDocumentation(vscode.Uri.joinPath(context.extensionUri, "docs/diagnostics.md"));
  owned.add(new ModelDiagnostics(documents, hidden, documentation));
  owned.add(new ModelFixProvider(documents, hidden));
  owned.add(new ModelLanguageStatus(documents, hidden));
  owned.add(new ModelTypes(context, documents, log));
  owned.add(new TrainingStatus(runs));
  owned.add(
    runs.onDidEnd((end) => {
      const { network } = end.request;
      const untold = hidden.untoldText(network === null ? [] : [network]);
      void notifyEnd(end, { monitorVisible: monitor.visible, untold });
    }),
  );
  owned.add(new CommandHandlers(documents, runs, monitor, summaries, hidden, templates, log).register());

  return {
    whenAnalyzed: async (uri) => (await documents.analyze(uri)).analysis,
    trainings: runs,
    monitor,
  };
}

/** Trainers write their weights before they end. */
export async function deactivate(): Promise<void> {
  await trainings?.stopAll();
}
