import * as vscode from "vscode";
import { isResumable } from "../../protocol";
import { describeProgress } from "./runHistory";
import type { RunsFolder } from "./runsFolder";
import type { Training, Trainings } from "./trainings";

/** Which run a command goes on with. */
export interface ResumeTarget {
  /** The folder whose `.layerwise/runs` holds it. */
  readonly home: vscode.Uri;
  /** The run's name. */
  readonly run: string;
}

/** Reads a command's argument: a notice and the monitor name a run, the command palette does not. */
export function resumeTarget(argument: unknown): ResumeTarget | undefined {
  if (typeof argument !== "object" || argument === null || !("home" in argument) || !("run" in argument)) return undefined;
  const { home, run } = argument;
  return home instanceof vscode.Uri && typeof run === "string" ? { home, run } : undefined;
}

/** Goes on with the run that is named, else with the one that the user chooses. Undefined when the user calls it off. */
export async function resumeTraining(
  trainings: Trainings,
  home: vscode.Uri,
  named: string | undefined,
): Promise<Training | undefined> {
  const folder = trainings.folder(home);
  const run = named ?? (await chooseRun(trainings, folder));
  return run === undefined ? undefined : trainings.resume(folder, run);
}

/** @throws where there is nothing to resume. */
async function chooseRun(trainings: Trainings, folder: RunsFolder): Promise<string | undefined> {
  const stored = await folder.list();
  const items = stored
    .filter(({ file, history }) => isResumable(history) && trainings.find(file.run)?.run.isActive !== true)
    .map(({ file: { run, model, startedAt }, history }) => ({
      label: model,
      description: `${history.state} ${describeProgress(history)}`,
      detail: new Date(startedAt).toLocaleString(),
      run,
    }));
  if (items.length > 1) return (await vscode.window.showQuickPick(items, { title: "Resume which training?" }))?.run;
  const [only] = items;
  if (only !== undefined) return only.run;
  throw new Error(`There is no training to resume in ${folder.path}: none was stopped, failed or was killed.`);
}
