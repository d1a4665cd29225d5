import { basename } from "node:path";
import * as vscode from "vscode";
import type { CommandTarget } from "../commandTarget";
import type { Analysis } from "../../protocol";
import type { HiddenNumbers } from "../learning/hiddenNumbers";
import type { ModelDocuments } from "../models/modelDocuments";
import { keyedModels, type KeyedModel } from "../models/modelKeys";
import { isModelFile } from "../models/modelFiles";
import type { Training, Trainings } from "./trainings";

/** Saves the file, chooses the plan and starts the training. Undefined when the user calls it off. @throws with what to do. */
export async function trainModel(
  documents: Pick<ModelDocuments, "get" | "analyze">,
  trainings: Pick<Trainings, "start">,
  hidden: HiddenNumbers,
  target: CommandTarget,
): Promise<Training | undefined> {
  const file = await saveModelFile(documents, target.uri);
  if (file === undefined) return undefined;
  const { analysis } = await documents.analyze(file);
  const plan = target.plan ?? (await choosePlan({ ...analysis, diagnostics: hidden.untoldDiagnostics(analysis) }, file));
  if (plan === undefined) return undefined;
  const chosen = analysis.plans.find((candidate) => candidate.export === plan);
  const model = chosen?.model ?? target.model ?? basename(file.fsPath, ".model.ts");
  const trained = chosen === undefined ? modelOf(analysis, model, target.key) : keyedModels(analysis.models)[chosen.modelIndex];
  return trainings.start({ file, plan, model, key: trained?.key ?? null, network: trained?.model ?? null });
}

/** The model of a plan that the newest analysis does not know: the lens above it is from an earlier one. */
function modelOf({ models }: Analysis, name: string, key: string | undefined): KeyedModel | undefined {
  const named = keyedModels(models).filter(({ model }) => model.name === name);
  return named.find((keyed) => keyed.key === key) ?? named[0];
}

/** Saves the file and what it imports: the trainer reads the disk. Undefined when the user does not want to save. */
async function saveModelFile(documents: Pick<ModelDocuments, "get">, uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (uri.scheme === "untitled") {
    const saved = await vscode.workspace.save(uri);
    if (saved !== undefined && !isModelFile(saved)) {
      throw new Error(
        `${basename(saved.fsPath)} cannot be trained: the name of a model file ends with .model.ts. Save it under such a name.`,
      );
    }
    return saved;
  }
  const sources = new Set([uri.fsPath, ...(documents.get(uri)?.result?.sources ?? [])]);
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty || !sources.has(document.uri.fsPath) || (await document.save())) continue;
    throw new Error(
      `${document.uri.fsPath} could not be saved, and only what is saved can be trained. Save it, or revert it, and train again.`,
    );
  }
  return uri;
}

/** The export of the plan to train. @throws if the file exports none. */
async function choosePlan({ plans, diagnostics }: Analysis, file: vscode.Uri): Promise<string | undefined> {
  const exported = plans.flatMap((plan) =>
    plan.export === null ? [] : [{ label: plan.export, description: `trains ${plan.model}` }],
  );
  if (exported.length > 1) return (await vscode.window.showQuickPick(exported, { title: "Which training?" }))?.label;
  const [only] = exported;
  if (only !== undefined) return only.label;
  const name = basename(file.fsPath);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(`${name} cannot be trained, it has an error in line ${error.line}: ${error.message}`);
  throw new Error(`${name} exports no training. Add \`export default train(model, { … })\` to it.`);
}
