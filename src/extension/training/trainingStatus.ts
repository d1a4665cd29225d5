import * as vscode from "vscode";
import { contextKeys } from "../contributions/contexts";
import type { CommandId } from "../contributions/commands";
import { Disposables } from "../disposables";
import { formatCount } from "../../format";
import type { Trainings } from "./trainings";
import type { TrainingRun } from "./trainingRun";

/** Shows in the status bar how far the trainings are; a click opens the monitor. */
export class TrainingStatus implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #item = this.#owned.add(vscode.window.createStatusBarItem("layerwise.training", vscode.StatusBarAlignment.Left));
  #training = false;

  constructor(private readonly trainings: Trainings) {
    this.#item.name = "Layerwise Training";
    this.#item.command = "layerwise.showMonitor" satisfies CommandId;
    this.#owned.add(trainings.onDidChange(() => this.#update()));
    this.#owned.add(trainings.onDidEnd(() => this.#update()));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #update(): void {
    const runs = this.trainings.active.map(({ run }) => run);
    const [first, ...others] = runs;
    if (first === undefined) {
      this.#item.hide();
    } else {
      this.#item.text = `$(loading~spin) ${describe(first)}${others.length > 0 ? ` +${others.length}` : ""}`;
      this.#item.tooltip = ["Layerwise", ...runs.map(describe)].join("\n");
      this.#item.show();
    }
    const training = first !== undefined;
    if (training === this.#training) return;
    this.#training = training;
    void vscode.commands.executeCommand("setContext", contextKeys.training, training);
  }
}

/** `mlp: epoch 2/5, step 431/1,719`. */
function describe({ history }: TrainingRun): string {
  const { model, state, steps, epochs } = history;
  const step = history.stepRecords.at(-1);
  if (state !== "training" || step === undefined) return `${model}: ${state}`;
  return `${model}: epoch ${step.epoch}/${formatCount(epochs)}, step ${formatCount(step.step)}/${formatCount(steps)}`;
}
