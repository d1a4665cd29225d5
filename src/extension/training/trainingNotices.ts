import * as vscode from "vscode";
import { decodeFloat, type RunHistory } from "../../protocol";
import type { CommandTarget } from "../commandTarget";
import type { CommandId } from "../contributions/commands";
import { headline } from "./runHistory";
import type { Outcome } from "./trainingRun";
import type { Training } from "./trainings";

const showMonitor = "Show Monitor";
const trainAgain = "Train Again";

/** Tells the user how a training ended; what the open monitor shows by itself needs no notice. */
export async function notifyEnd(
  { run, request, outcome }: Training & { outcome: Outcome },
  monitorVisible: boolean,
): Promise<void> {
  const notice = endNotice(run.history, outcome);
  if (notice === undefined || (notice.severity === "information" && monitorVisible)) return;
  const target: CommandTarget = { uri: request.file, plan: request.plan, model: request.model };
  const buttons =
    outcome.kind === "refused" ? [trainAgain] : notice.severity === "error" ? [showMonitor, trainAgain] : [showMonitor];
  const show = notice.severity === "error" ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const choice = await show(notice.text, ...buttons);
  const command: Record<string, CommandId> = { [showMonitor]: "layerwise.showMonitor", [trainAgain]: "layerwise.trainModel" };
  const chosen = choice === undefined ? undefined : command[choice];
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen, target);
}

function endNotice(history: RunHistory, outcome: Outcome): { severity: "error" | "information"; text: string } | undefined {
  const { model, end } = history;
  if (outcome.kind === "refused") return { severity: "error", text: `${model} was not trained: ${outcome.message}` };
  if (outcome.kind === "died")
    return { severity: "error", text: `${outcome.message} What it wrote until then is kept; you can train again.` };
  if (end?.reason === "failed")
    return { severity: "error", text: `Training of ${model} failed: ${end.error ?? "the trainer gave no reason."}` };
  if (end === null || end.reason === "stopped") return undefined;
  const figure = headline(history);
  const value = figure === null ? "" : `: ${figure.name} ${decodeFloat(figure.value).toPrecision(4)}`;
  return { severity: "information", text: `Training of ${model} finished${value}.` };
}
