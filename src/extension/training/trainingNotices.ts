import * as vscode from "vscode";
import { decodeFloat, isResumable, type RunHistory } from "../../protocol";
import type { CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import type { ResumeTarget } from "./resumeCommand";
import { describeProgress, headline } from "./runHistory";
import type { Outcome } from "./trainingRun";
import type { Training } from "./trainings";

const showMonitor = "Show Monitor";
const trainAgain = "Train Again";
const resume = "Resume";

/**
 * Tells the user how a training ended; what the open monitor shows by itself needs no notice.
 *
 * @param untold Takes out of a text what the learner is still to predict.
 */
export async function notifyEnd(
  { run, request, folder, outcome }: Training & { outcome: Outcome },
  { monitorVisible, untold }: { readonly monitorVisible: boolean; readonly untold: (text: string) => string },
): Promise<void> {
  const notice = endNotice(run, outcome);
  if (notice === undefined || (notice.severity === "information" && monitorVisible)) return;
  const isError = notice.severity === "error";
  const buttons = [
    ...(run.begun && isResumable(run.history) ? [resume] : []),
    ...(outcome.kind === "refused" ? [] : [showMonitor]),
    ...(isError ? [trainAgain] : []),
  ];
  const show = isError ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const choice = await show(untold(notice.text), ...buttons);
  const target: CommandTarget = { uri: request.file, plan: request.plan, model: request.model, key: request.key ?? undefined };
  const resumeTarget: ResumeTarget = { home: vscode.Uri.file(folder.home), run: run.history.run };
  const execute = (command: CommandId, argument: CommandTarget | ResumeTarget): Thenable<unknown> =>
    vscode.commands.executeCommand(command, argument);
  if (choice === resume) await execute("layerwise.resumeTraining", resumeTarget);
  if (choice === showMonitor) await execute("layerwise.showMonitor", target);
  if (choice === trainAgain) await execute("layerwise.trainModel", target);
}

function endNotice(
  { history, begun }: { history: RunHistory; begun: boolean },
  outcome: Outcome,
): { severity: "error" | "information"; text: string } | undefined {
  const { model, end } = history;
  if (outcome.kind === "refused") return { severity: "error", text: `${model} was not trained: ${outcome.message}` };
  if (outcome.kind === "died") return { severity: "error", text: `${outcome.message} What it wrote until then is kept.` };
  if (end?.reason === "failed")
    return { severity: "error", text: `Training of ${model} failed: ${end.error ?? "the trainer gave no reason."}` };
  if (end?.reason === "stopped" && begun)
    return { severity: "information", text: `Training of ${model} stopped ${describeProgress(history)}.` };
  if (end === null || end.reason === "stopped") return undefined;
  const figure = headline(history);
  const value = figure === null ? "" : `: ${figure.name} ${decodeFloat(figure.value).toPrecision(4)}`;
  return { severity: "information", text: `Training of ${model} finished${value}.` };
}
